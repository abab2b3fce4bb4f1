// Things that some paper spells with all of some words: what to look for when a spelling finds nothing.
//
// Parameters:
//   words (words) = 'decoding': the words; in other tools a Lucene query such as '+speculative +decoding'
//   limit (integer) = 20: rows at most
//
// Columns:
//   kind: what it is
//   name: its usual name
//   key: key of the node
//   spelling: the spelling that holds the words; the first in order
//   papers: how many papers speak of it
CALL db.index.fulltext.queryNodes('paperkg_names', $words) YIELD node
WITH node AS n
MATCH (n)-[:NAMES]->(e:PaperKG)
WITH e, min(n.surface) AS spelling
OPTIONAL MATCH (e)-[]-(p:Paper)
WITH e, spelling, count(DISTINCT p.key) AS papers
RETURN [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, e.name AS name, e.key AS key, spelling, papers
ORDER BY papers DESC, kind, name, key
LIMIT $limit;
