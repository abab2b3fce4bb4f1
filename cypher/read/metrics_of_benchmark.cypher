// By which metrics a benchmark and its variants are measured, the most used first.
//
// Parameters:
//   benchmark (name) = 'GSM8K': the benchmark, in any spelling
//
// Columns:
//   metric: the metric
//   results: how many results use it
//   papers: in how many papers
//   units: the units they give
WITH toLower(replace(replace(replace($benchmark, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(named:Benchmark)
USING INDEX SEEK known:Name(folded)
MATCH (named)<-[:VARIANT_OF*0..4]-(b:Benchmark)
WITH DISTINCT b
MATCH (b)<-[:ON]-(r:Result)
MATCH (r)-[:MEASURED_BY]->(m:Metric)
WITH DISTINCT m, r
ORDER BY r.unit
WITH m, count(r) AS results, count(DISTINCT r.paper) AS papers, collect(DISTINCT r.unit) AS units
RETURN m.name AS metric, results, papers, units
ORDER BY results DESC, metric, m.key;
