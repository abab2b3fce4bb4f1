// Relationships of one type between two labels that are not there yet, by the node that they start from.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row[0]})
USING INDEX SEEK a:{{start}}(key)
UNWIND row[1] AS one
MATCH (b:{{end}} {key: one[0]})
USING INDEX SEEK b:{{end}}(key)
CREATE (a)-[r:{{type}} {{{properties:one}}}]->(b)
RETURN count(r) AS written
