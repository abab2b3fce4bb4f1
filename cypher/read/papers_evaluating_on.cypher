// Papers that evaluate on a benchmark or one of its variants, the newest first.
//
// Parameters:
//   benchmark (name) = 'MATH': the benchmark, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   benchmark: the benchmark or variant
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($benchmark, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(named:Benchmark)
USING INDEX SEEK known:Name(folded)
MATCH (named)<-[:VARIANT_OF*0..4]-(b:Benchmark)
WITH DISTINCT b
MATCH (b)<-[r:EVALUATED_ON]-(p:Paper)
WITH b, p, r
ORDER BY r.confidence DESC, r.extractor, r.start
WITH b, p, collect(r)[0] AS r
RETURN b.name AS benchmark, p.key AS paper, p.title AS title, coalesce(p.published, p.listed) AS date, r.evidence AS evidence
ORDER BY date IS NULL, date DESC, paper, benchmark, b.key
LIMIT $limit;
