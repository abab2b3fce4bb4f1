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
WHERE coalesce(p.published, p.listed) IS NOT NULL
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
OPTIONAL MATCH (r)-[:OF]->(s)
WITH b.name AS benchmark, coalesce(m.name, r.metric) AS metric, r.unit AS unit, m.direction AS direction,
     {date: coalesce(p.published, p.listed), value: r.value, subject: s.name, paper: p.key, evidence: r.evidence, key: r.key} AS one
ORDER BY one.date
WITH benchmark, metric, unit, CASE WHEN direction = 'lower' THEN -1 ELSE 1 END AS sign, collect(one) AS found
WITH benchmark, metric, unit, found,
     reduce(steps = [], one IN found | CASE WHEN size(steps) = 0 OR sign * one.value > sign * steps[-1].value THEN steps + [one] ELSE steps END) AS steps
UNWIND found AS one
RETURN one.date AS date, benchmark, metric, unit, one.value AS value,
       reduce(best = null, step IN steps | CASE WHEN step.date <= one.date THEN step.value ELSE best END) AS best,
       one.subject AS subject, one.paper AS paper, one.evidence AS evidence
ORDER BY benchmark, metric IS NULL, metric, unit IS NULL, unit, date, paper, one.key;
