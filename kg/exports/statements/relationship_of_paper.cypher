UNWIND {{rows}} AS row MATCH (a:{{start}} {key: row.start}), (b:{{end}} {key: row.end}) MERGE (a)-[r:{{name}} {paper: row.paper}]->(b) SET r += row.properties;
