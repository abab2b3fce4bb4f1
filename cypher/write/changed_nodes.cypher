// Properties of nodes of one label that are there, replaced.
UNWIND $rows AS row
MATCH (n:{{label}} {key: row.key})
USING INDEX SEEK n:{{label}}(key)
WHERE n:PaperKG
SET n = row.properties
RETURN count(n) AS written
