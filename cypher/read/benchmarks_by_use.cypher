// The benchmarks that most papers evaluate on.
//
// Parameters:
//   limit (integer) = 20: rows at most
//
// Columns:
//   benchmark: its name
//   papers: how many papers evaluate on it
//   results: how many results are reported on it
//   first: date of the first of these papers
//   last: date of the last
MATCH (b:Benchmark)<-[:EVALUATED_ON]-(p:Paper)
WITH b, count(DISTINCT p.key) AS papers, min(coalesce(p.published, p.listed)) AS first, max(coalesce(p.published, p.listed)) AS last
ORDER BY papers DESC, b.name, b.key
LIMIT $limit
OPTIONAL MATCH (b)<-[:ON]-(r:Result)
WITH b, papers, first, last, count(DISTINCT r.key) AS results
RETURN b.name AS benchmark, papers, results, first, last
ORDER BY papers DESC, benchmark, b.key;
