// Relationships of one type between two labels that carry neither paper nor extractor.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row.start})
MATCH (b:{{end}} {key: row.end})
MERGE (a)-[r:{{type}}]->(b)
SET r = row.properties
RETURN count(r) AS written
