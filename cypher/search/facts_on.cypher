// What papers say about a thing: how each is joined to it, the surest first.
//
// Parameters:
//   names (names) = 'CoT': keys of Name nodes, or a text in any spelling
//   kind (string) = 'Method': the kind of thing that is meant
//   limit (integer) = 25: rows at most
//
// Columns:
//   relation: what the paper does with it
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   confidence: how sure the extractor is
//   evidence: the sentence that says so
UNWIND $names AS name
MATCH (known:Name {key: name})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(key)
WHERE $kind IN labels(e)
WITH DISTINCT e
MATCH (e)-[r]-(p:Paper)
WITH e, p, r
ORDER BY r.confidence IS NULL, r.confidence DESC, r.extractor, r.start
WITH e, p, type(r) AS relation, collect(r)[0] AS r
WITH e, r, p, relation, CASE relation WHEN 'PROPOSES' THEN 0 WHEN 'MENTIONS' THEN 2 ELSE 1 END AS weight
RETURN relation, p.key AS paper, p.title AS title, coalesce(p.published, p.listed) AS date, r.confidence AS confidence,
       r.evidence AS evidence
ORDER BY weight, confidence IS NULL, confidence DESC, paper, relation, e.key
LIMIT $limit;
