// Relationships that join two things directly, in either direction.
//
// Parameters:
//   a (names) = 'LINC': keys of Name nodes of the one, or a text in any spelling
//   b (names) = 'CoT': keys of Name nodes of the other, or a text in any spelling
//   limit (integer) = 20: rows at most
//
// Columns:
//   start: where the relationship starts
//   relation: its type
//   end: where it ends
//   paper: key of the paper that says so
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
MATCH (x)-[r]-(y)
WITH r, startNode(r) AS s, endNode(r) AS e
ORDER BY r.confidence IS NULL, r.confidence DESC, r.extractor, r.start
WITH s, e, type(r) AS relation, r.paper AS paper, collect(r)[0] AS r
RETURN coalesce(s.name, s.title) AS start, relation, coalesce(e.name, e.title) AS end, paper,
       r.confidence AS confidence, r.evidence AS evidence
ORDER BY confidence IS NULL, confidence DESC, paper, relation, start, end, s.key, e.key
LIMIT $limit;
