// Nodes of one label that nothing is joined to.
UNWIND $keys AS key
MATCH (n:PaperKG:{{label}} {key: key})
WHERE NOT EXISTS { (n)--() }
DELETE n
