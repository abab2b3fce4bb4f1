// Relationships of one type between two labels that are not there yet.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row.start})
USING INDEX SEEK a:{{start}}(key)
MATCH (b:{{end}} {key: row.end})
USING INDEX SEEK b:{{end}}(key)
CREATE (a)-[r:{{type}}]->(b)
SET r = row.properties
RETURN count(r) AS written
