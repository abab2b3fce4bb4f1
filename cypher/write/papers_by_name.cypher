// Keys of the papers whose titles these Name nodes are.
UNWIND $keys AS key
MATCH (:Name {key: key})-[:NAMES]->(p:Paper)
RETURN DISTINCT p.key AS key
