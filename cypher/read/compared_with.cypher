// What a method or model is compared with: what papers that introduce it set it against, and what is introduced against it.
//
// Parameters:
//   name (name) = 'CoT': the method or model, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   name: its usual name
//   way: compares (its paper compares it with the other) or is compared (the other's paper does)
//   other: the other method or model
//   kind: Method or Model
//   papers: in how many papers
//   example: key of the first of them
//   evidence: the sentence there
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(folded)
WHERE e:Method OR e:Model
WITH DISTINCT e
CALL {
  WITH e
  MATCH (e)<-[:PROPOSES]-(p:Paper)
  MATCH (p)-[r:COMPARED_WITH]->(o:PaperKG)
  RETURN 'compares' AS way, o, p, r
  UNION ALL
  WITH e
  MATCH (e)<-[r:COMPARED_WITH]-(p:Paper)
  MATCH (p)-[:PROPOSES]->(o:PaperKG)
  WHERE o:Method OR o:Model
  RETURN 'is compared' AS way, o, p, r
}
WITH e, way, o, p, r
ORDER BY p.key, r.start, r.extractor
WITH e, way, o, count(DISTINCT p.key) AS papers, collect({paper: p.key, evidence: r.evidence})[0] AS first
RETURN e.name AS name, way, o.name AS other, [label IN labels(o) WHERE label <> 'PaperKG'][0] AS kind, papers,
       first.paper AS example, first.evidence AS evidence
ORDER BY papers DESC, way, other, kind, o.key, name
LIMIT $limit;
