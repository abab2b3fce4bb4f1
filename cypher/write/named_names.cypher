// The Name nodes of nodes of one label.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})<-[r:NAMES]-(m:Name)
USING INDEX SEEK n:{{label}}(key)
RETURN m.key AS start, properties(m) AS start_properties, n.key AS end, properties(r) AS properties
