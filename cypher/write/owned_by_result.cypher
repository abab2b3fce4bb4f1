// What the results of papers lead to.
UNWIND $papers AS paper
MATCH (a:Result {paper: paper})-[r]->(b:PaperKG)
USING INDEX SEEK a:Result(paper)
WHERE r.paper = paper
RETURN type(r) AS type, labels(a) AS start_labels, a.key AS start, labels(b) AS end_labels, b.key AS end,
       properties(r) AS properties
