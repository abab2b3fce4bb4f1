// Nodes of one label, with whatever is joined to them.
UNWIND $keys AS key
MATCH (n:PaperKG:{{label}} {key: key})
DETACH DELETE n
