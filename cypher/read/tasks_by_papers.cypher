// The tasks that most papers work on.
//
// Parameters:
//   limit (integer) = 20: rows at most
//
// Columns:
//   task: its name
//   papers: how many papers work on it
//   methods: how many methods are introduced in these
//   benchmarks: how many benchmarks these evaluate on
MATCH (t:Task)<-[:ADDRESSES]-(p:Paper)
WITH t, count(DISTINCT p.key) AS papers, collect(DISTINCT p) AS working
ORDER BY papers DESC, t.name, t.key
LIMIT $limit
UNWIND working AS p
OPTIONAL MATCH (p)-[:PROPOSES]->(e:Method)
OPTIONAL MATCH (p)-[:EVALUATED_ON]->(b:Benchmark)
WITH t, papers, count(DISTINCT e.key) AS methods, count(DISTINCT b.key) AS benchmarks
RETURN t.name AS task, papers, methods, benchmarks
ORDER BY papers DESC, task, t.key;
