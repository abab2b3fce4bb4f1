// Keys of the papers that have an appearance on nodes of one label that relationships lead to.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})<-[r:{{types}}]-(:PaperKG)
USING INDEX SEEK n:{{label}}(key)
WHERE r.surfaces IS NOT NULL
RETURN DISTINCT r.paper AS paper
