// Papers by key, each with what extractors read in it.
UNWIND $keys AS key
MATCH (p:Paper {key: key})
USING INDEX SEEK p:Paper(key)
OPTIONAL MATCH (p)-[x:EXTRACTED_BY]->(run:ExtractionRun)
RETURN p.key AS key, properties(p) AS properties,
       x.extractor AS extractor, run.key AS run, x.text AS text, x.facts AS facts
