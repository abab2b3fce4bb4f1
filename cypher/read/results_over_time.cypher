// Absolute results on a benchmark and its variants in the order of time, each with the best so far in its metric and unit.
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
//   best: the best value up to then
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
WITH b, r, p, coalesce(p.published, p.listed) AS date
WHERE date IS NOT NULL
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
WITH b, r, p, m, date
ORDER BY date
WITH b.name AS benchmark, coalesce(m.name, r.metric) AS metric, r.unit AS unit, CASE WHEN m.direction = 'lower' THEN -1 ELSE 1 END AS sign,
     collect({date: date, value: r.value, r: r, p: p}) AS found
WITH benchmark, metric, unit, found,
     reduce(steps = [], one IN found | CASE WHEN size(steps) = 0 OR sign * one.value > sign * steps[-1].value THEN steps + [one] ELSE steps END) AS steps
UNWIND found AS one
WITH benchmark, metric, unit, one.date AS date, one.value AS value, one.r AS r, one.p AS p,
     reduce(best = null, step IN steps | CASE WHEN step.date <= one.date THEN step.value ELSE best END) AS best
OPTIONAL MATCH (r)-[:OF]->(s)
RETURN date, benchmark, metric, unit, value, best, s.name AS subject, p.key AS paper, r.evidence AS evidence
ORDER BY benchmark, metric IS NULL, metric, unit IS NULL, unit, date, paper, r.key;
