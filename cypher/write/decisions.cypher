// People's decisions on names, in order.
MATCH (d:PaperKGDecision)
RETURN d.number AS number, d.kind AS kind, d.label AS label, d.a AS a, d.b AS b, d.reason AS reason
ORDER BY number
