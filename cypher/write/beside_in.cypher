// Everything that leads to nodes of one label.
UNWIND $keys AS key
MATCH (b:{{label}} {key: key})<-[r]-(a:PaperKG)
USING INDEX SEEK b:{{label}}(key)
WHERE b:PaperKG
RETURN type(r) AS type, labels(a) AS start_labels, a.key AS start, labels(b) AS end_labels, b.key AS end,
       properties(r) AS properties
