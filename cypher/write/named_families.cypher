// What nodes of one label are variants of.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})-[r:VARIANT_OF]->(f:PaperKG)
USING INDEX SEEK n:{{label}}(key)
RETURN n.key AS start, labels(f) AS end_labels, f.key AS end, properties(r) AS properties
