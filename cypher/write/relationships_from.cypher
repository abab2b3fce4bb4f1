// Relationships of one type that come from nodes of one label.
UNWIND $keys AS key
MATCH (a:{{label}} {key: key})-[r:{{type}}]->(b:PaperKG)
USING INDEX SEEK a:{{label}}(key)
RETURN a.key AS start, labels(b) AS end_labels, b.key AS end, properties(r) AS properties
