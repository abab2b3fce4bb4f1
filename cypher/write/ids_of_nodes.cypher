// By which id the engine finds nodes of one label as long as the transaction lasts.
UNWIND $keys AS key
MATCH (n:{{label}} {key: key})
USING INDEX SEEK n:{{label}}(key)
WHERE n:PaperKG
RETURN collect([n.key, elementId(n)]) AS ids
