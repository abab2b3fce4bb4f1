// The relations between entities that papers state: both ends are entities that the paper itself is joined to.
UNWIND $papers AS paper
MATCH (p:Paper {key: paper})-[via]->(a:{{label}})
USING INDEX SEEK p:Paper(key)
WHERE via.paper = paper
WITH DISTINCT paper, a
MATCH (a)-[r:{{type}}]->(b:PaperKG)
WHERE r.paper = paper
RETURN type(r) AS type, labels(a) AS start_labels, a.key AS start, labels(b) AS end_labels, b.key AS end,
       properties(r) AS properties
