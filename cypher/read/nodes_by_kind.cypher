// How many nodes there are of each kind.
//
// Columns:
//   kind: the label
//   nodes: how many
MATCH (n:PaperKG)
UNWIND labels(n) AS kind
WITH kind WHERE kind <> 'PaperKG'
RETURN kind, count(*) AS nodes
ORDER BY kind;
