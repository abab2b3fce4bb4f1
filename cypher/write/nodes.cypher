// Nodes of one label: made where they are missing, their properties replaced.
UNWIND $rows AS row
MERGE (n:PaperKG:{{label}} {key: row.key})
SET n = row.properties
RETURN count(n) AS written
