// Relationships of one type between two labels that a paper supports and no extractor made.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row.start})
MATCH (b:{{end}} {key: row.end})
MERGE (a)-[r:{{type}} {paper: row.paper}]->(b)
SET r = row.properties
RETURN count(r) AS written
