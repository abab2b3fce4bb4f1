// Full-text indexes of a Neo4j server.
CREATE FULLTEXT INDEX paperkg_papers IF NOT EXISTS FOR (n:Paper) ON EACH [n.title, n.abstract];
CREATE FULLTEXT INDEX paperkg_names IF NOT EXISTS FOR (n:Name) ON EACH [n.surface];
