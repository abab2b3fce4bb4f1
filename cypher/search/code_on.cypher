// Code that papers introducing a thing give.
//
// Parameters:
//   names (names) = 'SpecReason': keys of Name nodes, or a text in any spelling
//   kind (string) = 'Method': the kind of thing that is meant
//
// Columns:
//   repository: address of the code
//   official: whether it is the paper's own release
//   paper: key of the paper
UNWIND $names AS name
MATCH (known:Name {key: name})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(key)
WHERE $kind IN labels(e)
WITH DISTINCT e
MATCH (e)<-[:PROPOSES]-(p:Paper)
MATCH (p)-[r:HAS_CODE]->(c:Repository)
WITH DISTINCT c.url AS repository, r.official AS official, p.key AS paper
RETURN repository, official, paper
ORDER BY NOT official, repository, paper;
