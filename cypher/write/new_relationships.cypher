// Relationships of one type between two labels that are not there yet, by the node that they start from. Ends are found by their ids
// in this transaction: the index would be asked again for every relationship.
UNWIND $rows AS row
MATCH (a:{{start}}) WHERE elementId(a) = row[0]
UNWIND row[1] AS one
MATCH (b:{{end}}) WHERE elementId(b) = one[0]
CREATE (a)-[r:{{type}} {{{properties:one}}}]->(b)
RETURN count(r) AS written
