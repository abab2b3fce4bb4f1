// Keys of the papers that a run has read.
MATCH (:ExtractionRun {key: $run})<-[:EXTRACTED_BY]-(p:Paper)
RETURN DISTINCT p.key AS key
