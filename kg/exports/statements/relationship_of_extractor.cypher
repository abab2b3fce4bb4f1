UNWIND {{rows}} AS row MATCH (a:{{start}} {key: row.start}), (b:{{end}} {key: row.end}) MERGE (a)-[r:{{name}} {paper: row.paper, extractor: row.extractor}]->(b) SET r += row.properties;
