// Nodes of one label in the order of their keys, a page at a time.
MATCH (n:PaperKG:{{label}})
USING INDEX SEEK n:{{label}}(key)
WHERE n.key > $after
RETURN n.key AS key, properties(n) AS properties
ORDER BY key LIMIT $size
