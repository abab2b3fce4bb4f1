// Benchmarks that the papers of a task evaluate on or introduce, the most used first.
//
// Parameters:
//   task (name) = 'logical reasoning': the task, in any spelling
//   limit (integer) = 20: rows at most
//
// Columns:
//   benchmark: the benchmark
//   evaluated: papers of the task that evaluate on it
//   proposed: papers of the task that introduce it
WITH toLower(replace(replace(replace($task, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(t:Task)
USING INDEX SEEK known:Name(folded)
MATCH (t)<-[:ADDRESSES]-(p:Paper)
WITH DISTINCT p
MATCH (p)-[r:EVALUATED_ON|PROPOSES]->(b:Benchmark)
WITH b, count(DISTINCT CASE WHEN type(r) = 'EVALUATED_ON' THEN p END) AS evaluated,
     count(DISTINCT CASE WHEN type(r) = 'PROPOSES' THEN p END) AS proposed
RETURN b.name AS benchmark, evaluated, proposed
ORDER BY evaluated DESC, proposed DESC, benchmark, b.key
LIMIT $limit;
