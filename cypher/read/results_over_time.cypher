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
     collect({date: coalesce(p.published, p.listed), value: r.value, subject: s.name, paper: p.key, evidence: r.evidence, key: r.key}) AS found
UNWIND found AS one
WITH benchmark, metric, unit, one,
     CASE WHEN direction = 'lower'
          THEN reduce(best = one.value, other IN found | CASE WHEN other.date <= one.date AND other.value < best THEN other.value ELSE best END)
          ELSE reduce(best = one.value, other IN found | CASE WHEN other.date <= one.date AND other.value > best THEN other.value ELSE best END)
     END AS best
RETURN one.date AS date, benchmark, metric, unit, one.value AS value, best, one.subject AS subject, one.paper AS paper, one.evidence AS evidence
ORDER BY benchmark, metric IS NULL, metric, unit IS NULL, unit, date, paper, one.key;
