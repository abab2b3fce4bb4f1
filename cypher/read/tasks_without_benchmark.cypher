// Tasks that papers work on without evaluating on any named benchmark.
//
// Parameters:
//   limit (integer) = 50: rows at most
//
// Columns:
//   task: its name
//   papers: how many papers work on it
//   example: key of the first of them
MATCH (t:Task)<-[:ADDRESSES]-(p:Paper)
OPTIONAL MATCH (p)-[:EVALUATED_ON|PROPOSES]->(b:Benchmark)
WITH t, count(DISTINCT p.key) AS papers, count(DISTINCT b.key) AS benchmarks, min(p.key) AS example
WHERE benchmarks = 0
RETURN t.name AS task, papers, example
ORDER BY papers DESC, task, t.key
LIMIT $limit;
