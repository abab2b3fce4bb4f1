// Absolute results reported on a benchmark and its variants, metric by metric, the best first.
// Where lower is better, the lowest comes first; where nobody says which is better, the largest, which need not be the best. What the text leaves open is null.
//
// Parameters:
//   benchmark (name) = 'GSM8K': the benchmark, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   benchmark: the benchmark or variant that was measured on
//   metric: what was measured
//   direction: whether higher or lower is better, null where that is not known
//   value: the number
//   value_high: upper end where the text gives a range
//   unit: its unit
//   subject: what was measured
//   baseline: what it is set against
//   paper: key of the paper that reports it
//   title: its title
//   date: when it was published, else listed
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($benchmark, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(named:Benchmark)
USING INDEX SEEK known:Name(folded)
MATCH (named)<-[:VARIANT_OF*0..4]-(b:Benchmark)
WITH DISTINCT b
MATCH (b)<-[:ON]-(r:Result {kind: 'absolute'})
WITH DISTINCT b, r
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
WITH DISTINCT b, r, m, b.name AS benchmark, coalesce(m.name, r.metric) AS metric
ORDER BY benchmark, metric IS NULL, metric, r.unit IS NULL, r.unit,
         CASE WHEN m.direction = 'lower' THEN r.value ELSE -r.value END, r.paper, r.key
LIMIT $limit
MATCH (r)<-[:REPORTS]-(p:Paper)
OPTIONAL MATCH (r)-[:OF]->(s)
OPTIONAL MATCH (r)-[:AGAINST]->(a)
WITH DISTINCT benchmark, metric, m, r, p, s, a
RETURN benchmark, metric, m.direction AS direction, r.value AS value, r.value_high AS value_high, r.unit AS unit,
       s.name AS subject, a.name AS baseline, p.key AS paper, p.title AS title, coalesce(p.published, p.listed) AS date,
       r.evidence AS evidence
ORDER BY benchmark, metric IS NULL, metric, unit IS NULL, unit,
         CASE WHEN m.direction = 'lower' THEN value ELSE -value END, paper, r.key
LIMIT $limit;
