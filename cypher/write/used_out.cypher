// Nodes of one label that relationships with surfaces come from, with the number of papers that these are of.
MATCH (n:{{label}})-[r:{{types}}]->(:PaperKG)
USING SCAN n:{{label}}
WHERE r.surfaces IS NOT NULL
WITH n, count(DISTINCT r.paper) AS papers
RETURN n.key AS key, properties(n) AS properties, papers
