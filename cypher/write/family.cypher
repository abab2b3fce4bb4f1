// The nodes that Name nodes name, and all that are joined to them by VARIANT_OF.
UNWIND $names AS name
MATCH (m:Name {key: name})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK m:Name(key)
WHERE NOT e:Paper
WITH DISTINCT e
MATCH (e)-[:VARIANT_OF*0..]-(f:PaperKG)
RETURN DISTINCT labels(f) AS labels, f.key AS key
