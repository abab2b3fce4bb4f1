// A way between two things that no paper joins: two papers, one of each, that speak of a third thing. Of several, the way through
// what the fewest papers speak of. Of each, the 500 papers with the last keys are looked at, which are the newest of arXiv's.
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
CALL {
  WITH xs, ys
  UNWIND [{side: 1, things: xs}, {side: 2, things: ys}] AS given
  CALL {
    WITH given
    UNWIND given.things AS thing
    MATCH (thing)-[:PROPOSES|USES|COMPARED_WITH|MENTIONS|EVALUATED_ON|TRAINED_ON|ADDRESSES|MEASURES|AUTHORED|FROM*0..1]-(p:Paper)
    WITH DISTINCT p
    ORDER BY p.key DESC
    LIMIT 500
    RETURN p
  }
  WITH xs, ys, p, min(given.side) AS side, max(given.side) AS last
  WHERE side = last
  MATCH (p)-[:PROPOSES|USES|COMPARED_WITH|MENTIONS|EVALUATED_ON|TRAINED_ON|ADDRESSES]->(e)
  WHERE NOT e IN xs + ys
  WITH e, count(DISTINCT p) AS near, collect(CASE side WHEN 1 THEN p END) AS first, collect(CASE side WHEN 2 THEN p END) AS second
  WHERE size(first) > 0 AND size(second) > 0
  WITH e, near, first, second, [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind
  ORDER BY near, e.key, kind
  LIMIT 20
  CALL {
    WITH e
    MATCH (e)--(o)
    WITH DISTINCT o LIMIT 100
    RETURN count(o) AS far
  }
  WITH e, near, far, first, second, kind
  ORDER BY near, far, e.key, kind
  LIMIT 1
  RETURN e, reduce(least = first[0], one IN first | CASE WHEN one.key < least.key THEN one ELSE least END) AS p,
         reduce(least = second[0], one IN second | CASE WHEN one.key < least.key THEN one ELSE least END) AS q
}
UNWIND [[1, p, xs], [2, p, [e]], [3, q, [e]], [4, q, ys]] AS hop
WITH hop[0] AS number, hop[1] AS paper, hop[2] AS things
MATCH (paper)-[r:PROPOSES|USES|COMPARED_WITH|MENTIONS|EVALUATED_ON|TRAINED_ON|ADDRESSES|MEASURES|AUTHORED|FROM]-(thing)
WHERE thing IN things
WITH number, r
ORDER BY number, r.confidence IS NULL, r.confidence DESC, type(r), r.extractor, r.mention_start
WITH number, collect(r)[0] AS r
ORDER BY number
WITH collect(r) AS way
UNWIND range(1, size(way)) AS step
WITH step, way[step - 1] AS r
WITH step, r, startNode(r) AS s, endNode(r) AS e
RETURN step, coalesce(s.name, s.title) AS start, type(r) AS relation, coalesce(e.name, e.title) AS end,
       r.paper AS paper, r.confidence AS confidence, r.evidence AS evidence
ORDER BY step;
