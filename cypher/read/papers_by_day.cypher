// How many papers there are by the day they were listed, else published.
//
// Parameters:
//   from (date) = '2025-11-01': the first day
//   days (integer) = 60: how many days
//
// Columns:
//   date: the day
//   papers: how many papers
//   with_code: how many of them give code
//   proposes: how many methods, models and benchmarks they introduce
WITH date($from) AS first, date($from) + duration({days: $days}) AS end
MATCH (p:Paper)
WHERE coalesce(p.listed, p.published) >= first AND coalesce(p.listed, p.published) < end
WITH coalesce(p.listed, p.published) AS date, p, EXISTS { (p)-[:HAS_CODE]->(:Repository) } AS has_code,
     COUNT { MATCH (p)-[:PROPOSES]->(e:PaperKG) RETURN DISTINCT e } AS proposes
RETURN date, count(p) AS papers, sum(CASE WHEN has_code THEN 1 ELSE 0 END) AS with_code, sum(proposes) AS proposes
ORDER BY date;
