// Papers that speak of both of two things.
//
// Parameters:
//   a (names) = 'CoT': keys of Name nodes of the one, or a text in any spelling
//   b (names) = 'GSM8K': keys of Name nodes of the other, or a text in any spelling
//   limit (integer) = 20: rows at most
//
// Columns:
//   start: the one thing
//   first: how the paper is joined to it
//   first_evidence: the sentence that says so
//   paper: key of the paper
//   title: its title
//   second: how the paper is joined to the other
//   second_evidence: the sentence that says so
//   end: the other thing
UNWIND $a AS one
MATCH (known:Name {key: one})-[:NAMES]->(x:PaperKG)
USING INDEX SEEK known:Name(key)
WITH collect(DISTINCT x) AS xs
UNWIND $b AS other
MATCH (known:Name {key: other})-[:NAMES]->(y:PaperKG)
USING INDEX SEEK known:Name(key)
WITH xs, collect(DISTINCT y) AS ys
UNWIND xs AS x
UNWIND ys AS y
MATCH (x)<-[f]-(p:Paper)-[s]->(y)
WITH x, f, p, s, y
ORDER BY coalesce(f.confidence, 0) + coalesce(s.confidence, 0) DESC, f.extractor, s.extractor, f.start, s.start
WITH x, type(f) AS first, p, type(s) AS second, y, collect(f)[0] AS f, collect(s)[0] AS s
RETURN coalesce(x.name, x.title) AS start, first, f.evidence AS first_evidence, p.key AS paper, p.title AS title,
       second, s.evidence AS second_evidence, coalesce(y.name, y.title) AS end
ORDER BY coalesce(f.confidence, 0) + coalesce(s.confidence, 0) DESC, paper, start, first, second, end, x.key, y.key
LIMIT $limit;
