// Absolute results on a benchmark and its variants in the order of time, each with the best so far in its metric and unit.
// Results of papers without a date are left out.
//
// Parameters:
//   benchmark (name) = 'GSM8K': the benchmark, in any spelling
//
// Columns:
//   date: when the paper was published, else listed
//   benchmark: the benchmark or variant
//   metric: what was measured
//   unit: its unit
//   value: the number
//   best: the best value up to then, null where it is not known whether higher or lower is better
//   subject: what was measured
//   paper: key of the paper
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($benchmark, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(named:Benchmark)
USING INDEX SEEK known:Name(folded)
MATCH (named)<-[:VARIANT_OF*0..4]-(b:Benchmark)
WITH DISTINCT b
MATCH (b)<-[:ON]-(r:Result {kind: 'absolute'})
MATCH (r)<-[:REPORTS]-(p:Paper)
WITH DISTINCT b, r, p, coalesce(p.published, p.listed) AS date
WHERE date IS NOT NULL
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
WITH DISTINCT b, r, p, m, date
ORDER BY date
WITH b.name AS benchmark, coalesce(m.name, r.metric) AS metric, r.unit AS unit, CASE m.direction WHEN 'lower' THEN -1 WHEN 'higher' THEN 1 END AS sign,
     collect({date: date, value: r.value, r: r, p: p}) AS found
WITH benchmark, metric, unit, sign, found,
     reduce(steps = [], one IN found | CASE WHEN size(steps) = 0 OR sign * one.value > sign * steps[-1].value THEN steps + [one] ELSE steps END) AS steps
UNWIND found AS one
WITH benchmark, metric, unit, one.date AS date, one.value AS value, one.r AS r, one.p AS p,
     CASE WHEN sign IS NOT NULL
          THEN reduce(best = null, step IN steps | CASE WHEN step.date <= one.date THEN step.value ELSE best END) END AS best
OPTIONAL MATCH (r)-[:OF]->(s)
WITH DISTINCT benchmark, metric, unit, date, value, r, p, best, s
RETURN date, benchmark, metric, unit, value, best, s.name AS subject, p.key AS paper, r.evidence AS evidence
ORDER BY benchmark, metric IS NULL, metric, unit IS NULL, unit, date, paper, r.key;
