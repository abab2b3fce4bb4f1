// The appearances of nodes of one label that relationships come from, with the papers that they are in.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})-[r:{{types}}]->(:PaperKG)
USING INDEX SEEK n:{{label}}(key)
WHERE r.surfaces IS NOT NULL
RETURN DISTINCT key, r.paper AS paper, r.name AS name, r.surfaces AS surfaces, r.groups AS groups
