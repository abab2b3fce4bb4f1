// Keys of the papers whose titles these Name nodes are.
UNWIND $keys AS key
MATCH (m:Name {key: key})-[:NAMES]->(p:Paper)
USING INDEX SEEK m:Name(key)
RETURN DISTINCT p.key AS key
