// Nodes of one label by key.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})
USING INDEX SEEK n:{{label}}(key)
WHERE n:PaperKG
RETURN n.key AS key, properties(n) AS properties
