// What a text may mean, and every spelling that papers use for it.
//
// Parameters:
//   name (name) = 'CoT': any spelling
//
// Columns:
//   kind: what it is
//   key: key of the node
//   name: its usual name
//   aliases: every spelling, sorted
//   ambiguous: whether the bare name may mean several things
//   family: what it is a variant of
//   papers: how many papers speak of it
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(folded)
WITH DISTINCT e
OPTIONAL MATCH (e)-[:VARIANT_OF]->(f:PaperKG)
OPTIONAL MATCH (e)-[]-(p:Paper)
WITH e, f, count(DISTINCT p.key) AS papers
RETURN [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, e.key AS key, e.name AS name, e.aliases AS aliases,
       e.ambiguous AS ambiguous, f.name AS family, papers
ORDER BY papers DESC, kind, key;
