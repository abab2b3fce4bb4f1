// What is joined to papers themselves and carries their key.
UNWIND $papers AS paper
MATCH (p:Paper {key: paper})-[r]-(:PaperKG)
USING INDEX SEEK p:Paper(key)
WHERE r.paper = paper
WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b
RETURN type(r) AS type, labels(a) AS start_labels, a.key AS start, labels(b) AS end_labels, b.key AS end,
       properties(r) AS properties
