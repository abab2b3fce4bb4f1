// Benchmarks that papers evaluate on together with a given one, the most frequent first.
//
// Parameters:
//   benchmark (name) = 'GSM8K': the benchmark, in any spelling
//   limit (integer) = 20: rows at most
//
// Columns:
//   benchmark: the given one
//   other: what is used beside it
//   papers: in how many papers
//   share: share of the given benchmark's papers
WITH toLower(replace(replace(replace($benchmark, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(b:Benchmark)
USING INDEX SEEK known:Name(folded)
WITH DISTINCT b
MATCH (b)<-[:EVALUATED_ON]-(p:Paper)
WITH b, count(DISTINCT p) AS total
MATCH (b)<-[:EVALUATED_ON]-(p:Paper)-[:EVALUATED_ON]->(o:Benchmark)
WHERE o <> b
WITH b, total, o, count(DISTINCT p) AS shared
RETURN b.name AS benchmark, o.name AS other, shared AS papers, round(toFloat(shared) / total, 3) AS share
ORDER BY papers DESC, other, o.key, benchmark
LIMIT $limit;
