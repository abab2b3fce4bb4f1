// Nodes of one label that are not there yet. The embedded engine's MERGE on two labels reads them all for each row.
UNWIND $rows AS row
CREATE (n:{{label}}:PaperKG)
SET n = row.properties
RETURN count(n) AS written
