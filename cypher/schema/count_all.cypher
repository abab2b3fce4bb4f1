// All nodes of the database, whoever made them.
MATCH (n) RETURN count(n) AS nodes
