// Nodes of one label by key.
UNWIND $keys AS key
MATCH (n:PaperKG:{{label}} {key: key})
RETURN n.key AS key, properties(n) AS properties
