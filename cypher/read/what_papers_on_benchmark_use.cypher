// Methods and models that the papers of a benchmark use, the most used first.
//
// Parameters:
//   benchmark (name) = 'GSM8K': the benchmark, in any spelling
//   limit (integer) = 20: rows at most
//
// Columns:
//   name: the method or model
//   kind: Method or Model
//   papers: how many of the benchmark's papers use it
//   example: key of the first of them
WITH toLower(replace(replace(replace($benchmark, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(b:Benchmark)
USING INDEX SEEK known:Name(folded)
WITH DISTINCT b
MATCH (b)<-[:EVALUATED_ON]-(p:Paper)
WITH DISTINCT p
MATCH (p)-[:USES]->(e:PaperKG)
WITH e, count(DISTINCT p.key) AS papers, min(p.key) AS example
RETURN e.name AS name, [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, papers, example
ORDER BY papers DESC, name, kind, e.key
LIMIT $limit;
