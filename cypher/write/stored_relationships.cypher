// Relationships of one type between two labels that lead from some nodes, of some papers each.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row.start})-[r:{{type}}]->(b:{{end}})
USING INDEX SEEK a:{{start}}(key)
WHERE coalesce(r.paper, '') IN row.papers
RETURN collect([a.key, b.key, properties(r)]) AS found
