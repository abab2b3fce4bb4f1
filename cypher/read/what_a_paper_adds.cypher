// What a paper brings into the graph: everything it names, and how many other papers name the same.
//
// Parameters:
//   paper (paper) = 'title:67935f6fb0cc0707': key, arXiv id or title of the paper
//
// Columns:
//   relation: what the paper does with it
//   kind: what it is
//   name: its name
//   others: how many other papers speak of it, counted up to 100; 0 where this paper alone does
//   confidence: how sure the extractor is
//   evidence: the sentence that says so
UNWIND [$paper, 'arxiv:' + $paper] AS given
MATCH (p:Paper {key: given})
USING INDEX SEEK p:Paper(key)
MATCH (p)-[r:PROPOSES|USES|COMPARED_WITH|EVALUATED_ON|TRAINED_ON|ADDRESSES|MEASURES|MENTIONS]->(e:PaperKG)
WITH p, e, r
ORDER BY r.confidence DESC, r.extractor, r.start
WITH p, e, type(r) AS relation, collect(r)[0] AS r
CALL {
  WITH e, p
  MATCH (e)<-[:PROPOSES|USES|COMPARED_WITH|MENTIONS|EVALUATED_ON|TRAINED_ON|ADDRESSES|MEASURES]-(o:Paper)
  WHERE o <> p
  WITH DISTINCT o LIMIT 100
  RETURN count(o) AS others
}
RETURN relation, [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, e.name AS name, others,
       r.confidence AS confidence, r.evidence AS evidence
ORDER BY others, relation, kind, name, e.key;
