// Everything that a text names by one of its Name nodes, papers by their titles included.
//
// Parameters:
//   names (names) = 'CoT': keys of Name nodes, or a text in any spelling
//
// Columns:
//   kind: what it is
//   key: key of the node
//   name: its usual name; of a paper its title
//   aliases: every spelling, sorted; null for a paper
//   ambiguous: whether the bare name may mean several things
//   family: what it is a variant of
//   papers: how many papers speak of it
UNWIND $names AS name
MATCH (known:Name {key: name})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(key)
WITH DISTINCT e
OPTIONAL MATCH (e)-[:VARIANT_OF]->(f:PaperKG)
OPTIONAL MATCH (e)-[]-(p:Paper)
WITH e, f, count(DISTINCT p.key) AS papers
RETURN [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, e.key AS key, coalesce(e.name, e.title) AS name, e.aliases AS aliases,
       e.ambiguous AS ambiguous, f.name AS family, papers
ORDER BY kind = 'Paper', papers DESC, kind, key;
