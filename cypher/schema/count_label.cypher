// All nodes of one label.
MATCH (n:{{label}}) RETURN count(n) AS nodes
