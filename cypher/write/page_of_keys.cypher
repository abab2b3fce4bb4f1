// Keys of one label, ascending, a page at a time.
MATCH (n:PaperKG:{{label}})
USING INDEX SEEK n:{{label}}(key)
WHERE n.key > $after
RETURN n.key AS key ORDER BY key LIMIT $size
