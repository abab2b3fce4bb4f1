UNWIND {{rows}} AS row MERGE (n:{{name}}:{{base}} {key: row.key}) SET n += row.properties;
