// What is there of nodes of one label, in one row: a row each takes longer to read than to find.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})
USING INDEX SEEK n:{{label}}(key)
WHERE n:PaperKG
RETURN collect(properties(n)) AS found
