// Nodes of one label, with whatever is joined to them.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})
USING INDEX SEEK n:{{label}}(key)
WHERE n:PaperKG
DETACH DELETE n
