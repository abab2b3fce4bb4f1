// A shortest way between two things that nothing closer joins: its relationships one after the other.
//
// Parameters:
//   a (names) = 'LINC': keys of Name nodes of the one, or a text in any spelling
//   b (names) = 'GSM8K': keys of Name nodes of the other, or a text in any spelling
//
// Columns:
//   step: which relationship of the way, from 1
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
WITH x, y WHERE x <> y
MATCH path = allShortestPaths((x)-[:PROPOSES|USES|COMPARED_WITH|MENTIONS|EVALUATED_ON|TRAINED_ON|ADDRESSES|MEASURES|BASED_ON|OUTPERFORMS|APPLIED_TO|REPORTS|OF|ON|MEASURED_BY|AGAINST|HAS_CODE|LINKS_TO|AUTHORED|FROM|VARIANT_OF*..6]-(y))
WITH path, length(path) AS steps, reduce(text = '', n IN nodes(path) | text + n.key + ' ') AS through,
     reduce(text = '', r IN relationships(path) | text + type(r) + coalesce(r.paper, '') + coalesce(r.extractor, '') + ' ') AS by
ORDER BY steps, through, by
LIMIT 1
UNWIND range(1, steps) AS step
WITH step, relationships(path)[step - 1] AS r
WITH step, r, startNode(r) AS s, endNode(r) AS e
RETURN step, coalesce(s.name, s.title, s.quote, s.url) AS start, type(r) AS relation, coalesce(e.name, e.title, e.quote, e.url) AS end,
       r.paper AS paper, r.confidence AS confidence, r.evidence AS evidence
ORDER BY step;
