// What papers write in most different ways.
//
// Parameters:
//   limit (integer) = 20: rows at most
//
// Columns:
//   kind: what it is
//   name: its usual name
//   spellings: how many
//   aliases: all of them, sorted
MATCH (e:PaperKG)
WHERE e.aliases IS NOT NULL AND size(e.aliases) > 1
RETURN [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, e.name AS name, size(e.aliases) AS spellings, e.aliases AS aliases
ORDER BY spellings DESC, kind, name, e.key
LIMIT $limit;
