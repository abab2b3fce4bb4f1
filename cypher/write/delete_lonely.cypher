// Nodes of one label that nothing is joined to.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})
USING INDEX SEEK n:{{label}}(key)
WHERE n:PaperKG AND NOT EXISTS { (n)--() }
DELETE n
