UNWIND {{rows}} AS row MATCH (a:{{start}} {key: row.start}), (b:{{end}} {key: row.end}) MERGE (a)-[r:{{name}}]->(b) SET r += row.properties;
