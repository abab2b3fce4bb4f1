// Absolute results reported on a benchmark and its variants, metric by metric, the best first.
// Where a metric is known to be better when lower, the lowest comes first; what the text leaves open is null.
//
// Parameters:
//   benchmark (name) = 'GSM8K': the benchmark, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   benchmark: the benchmark or variant that was measured on
//   metric: what was measured
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
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
WITH b, r, m, b.name AS benchmark, coalesce(m.name, r.metric) AS metric
ORDER BY benchmark, metric IS NULL, metric, r.unit IS NULL, r.unit,
         CASE WHEN m.direction = 'lower' THEN r.value ELSE -r.value END, r.paper, r.key
LIMIT $limit
MATCH (r)<-[:REPORTS]-(p:Paper)
OPTIONAL MATCH (r)-[:OF]->(s)
OPTIONAL MATCH (r)-[:AGAINST]->(a)
RETURN benchmark, metric, r.value AS value, r.value_high AS value_high, r.unit AS unit,
       s.name AS subject, a.name AS baseline, p.key AS paper, p.title AS title, coalesce(p.published, p.listed) AS date,
       r.evidence AS evidence
ORDER BY benchmark, metric IS NULL, metric, unit IS NULL, unit,
         CASE WHEN m.direction = 'lower' THEN value ELSE -value END, paper, r.key
LIMIT $limit;
