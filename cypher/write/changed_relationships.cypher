// Properties of relationships of one type between two labels that are there, replaced.
UNWIND $rows AS row
MATCH (a:{{start}} {key: row.start})-[r:{{type}}]->(b:{{end}} {key: row.end})
USING INDEX SEEK a:{{start}}(key)
WHERE coalesce(r.paper, '') = row.paper AND coalesce(r.extractor, '') = row.extractor
SET r = row.properties
RETURN count(r) AS written
