// The metrics that most papers report on.
//
// Parameters:
//   limit (integer) = 20: rows at most
//
// Columns:
//   metric: its name
//   direction: higher or lower is better, where data says so
//   papers: how many papers report on it
//   results: how many results are measured by it
MATCH (m:Metric)<-[:MEASURES]-(p:Paper)
WITH m, count(DISTINCT p.key) AS papers
ORDER BY papers DESC, m.name, m.key
LIMIT $limit
OPTIONAL MATCH (m)<-[:MEASURED_BY]-(r:Result)
WITH m, papers, count(DISTINCT r.key) AS results
RETURN m.name AS metric, m.direction AS direction, papers, results
ORDER BY papers DESC, metric, m.key;
