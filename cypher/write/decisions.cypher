// People's decisions on names, in order: the log, or those that the graph is resolved with.
MATCH (d:PaperKGDecision)
WHERE coalesce(d.settled, false) = $settled
RETURN d.number AS number, d.kind AS kind, d.label AS label, d.a AS a, d.b AS b, d.reason AS reason
ORDER BY number
