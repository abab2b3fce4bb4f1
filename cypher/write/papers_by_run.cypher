// Keys of the papers that a run has read.
MATCH (run:ExtractionRun {key: $run})<-[:EXTRACTED_BY]-(p:Paper)
USING INDEX SEEK run:ExtractionRun(key)
RETURN DISTINCT p.key AS key
