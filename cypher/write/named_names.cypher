// The Name nodes of nodes of one label.
UNWIND $keys AS key
MATCH (m:Name)-[r:NAMES]->(n:{{label}} {key: key})
RETURN m.key AS start, properties(m) AS start_properties, n.key AS end, properties(r) AS properties
