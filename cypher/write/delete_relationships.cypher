// Relationships of one type between two labels, by their identity.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row.start})-[r:{{type}}]->(b:{{end}} {key: row.end})
USING INDEX SEEK a:{{start}}(key)
WHERE coalesce(r.paper, '') = row.paper AND coalesce(r.extractor, '') = row.extractor
DELETE r
