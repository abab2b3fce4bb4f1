// Everything that nodes of one label lead to.
UNWIND $keys AS key
MATCH (a:{{label}} {key: key})-[r]->(b:PaperKG)
USING INDEX SEEK a:{{label}}(key)
WHERE a:PaperKG
RETURN type(r) AS type, labels(a) AS start_labels, a.key AS start, labels(b) AS end_labels, b.key AS end,
       properties(r) AS properties
