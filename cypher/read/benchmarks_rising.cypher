// Benchmarks by how their use changed at a date: papers before and from then on, the strongest rise first, fading ones last.
//
// Parameters:
//   since (date) = '2025-01-01': the date that parts before and after
//   least (integer) = 2: papers at least, before and after together
//   limit (integer) = 50: rows at most
//
// Columns:
//   benchmark: its name
//   before: papers before the date
//   after: papers from then on
//   change: share of the papers after, less its share of those before
WITH date($since) AS since
MATCH (p:Paper)
WHERE coalesce(p.published, p.listed) IS NOT NULL
WITH since, sum(CASE WHEN coalesce(p.published, p.listed) < since THEN 1 ELSE 0 END) AS all_before,
     sum(CASE WHEN coalesce(p.published, p.listed) >= since THEN 1 ELSE 0 END) AS all_after
MATCH (b:Benchmark)<-[:EVALUATED_ON]-(p:Paper)
WHERE coalesce(p.published, p.listed) IS NOT NULL
WITH DISTINCT since, all_before, all_after, b, p.key AS paper, coalesce(p.published, p.listed) AS date
WITH all_before, all_after, b, sum(CASE WHEN date < since THEN 1 ELSE 0 END) AS before,
     sum(CASE WHEN date >= since THEN 1 ELSE 0 END) AS after
WHERE before + after >= $least
WITH b, before, after,
     CASE WHEN all_after = 0 THEN 0.0 ELSE toFloat(after) / all_after END AS share_after,
     CASE WHEN all_before = 0 THEN 0.0 ELSE toFloat(before) / all_before END AS share_before
RETURN b.name AS benchmark, before, after, round(share_after - share_before, 4) AS change
ORDER BY change DESC, benchmark, b.key
LIMIT $limit;
