// Results that have to do with both of two things.
//
// Parameters:
//   a (names) = 'LINC': keys of Name nodes of the one, or a text in any spelling
//   b (names) = 'ProofWriter': keys of Name nodes of the other, or a text in any spelling
//   limit (integer) = 20: rows at most
//
// Columns:
//   start: the one thing
//   first: how the result is joined to it
//   quote: the words that carry the number
//   second: how the result is joined to the other
//   end: the other thing
//   paper: key of the paper that reports it
//   confidence: how sure the extractor is
//   evidence: the sentence that says so
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
MATCH (x)-[f]-(r:Result)-[s]-(y)
WITH DISTINCT x, type(f) AS first, r, type(s) AS second, y
RETURN coalesce(x.name, x.title) AS start, first, r.quote AS quote, second, coalesce(y.name, y.title) AS end, r.paper AS paper,
       r.confidence AS confidence, r.evidence AS evidence
ORDER BY confidence DESC, paper, start, first, second, end, r.key
LIMIT $limit;
