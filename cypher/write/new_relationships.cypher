// Relationships of one type between two labels, each at a node that is new: nothing can be there already.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row.start})
MATCH (b:{{end}} {key: row.end})
CREATE (a)-[r:{{type}}]->(b)
SET r = row.properties
RETURN count(r) AS written
