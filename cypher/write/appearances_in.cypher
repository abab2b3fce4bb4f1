// The distinct appearances of nodes of one label that relationships lead to.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})<-[r:{{types}}]-(:PaperKG)
USING INDEX SEEK n:{{label}}(key)
WHERE r.surfaces IS NOT NULL AND NOT r.paper IN $without
RETURN DISTINCT key, r.name AS name, r.surfaces AS surfaces, r.groups AS groups
