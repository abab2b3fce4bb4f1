// Relationships of one type between two labels that an extractor made.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row.start})
MATCH (b:{{end}} {key: row.end})
MERGE (a)-[r:{{type}} {paper: row.paper, extractor: row.extractor}]->(b)
SET r = row.properties
RETURN count(r) AS written
