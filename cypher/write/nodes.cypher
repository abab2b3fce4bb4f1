// Properties of nodes of one label that are there, replaced.
UNWIND $rows AS row
MATCH (n:{{label}} {key: row.key})
WHERE n:PaperKG
SET n = row.properties
RETURN n.key AS key
