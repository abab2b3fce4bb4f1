// Nodes of one label that are not there yet. The embedded engine's MERGE on two labels reads them all for each row, and what is set
// after a CREATE is written a second time.
UNWIND $rows AS row
CREATE (n:{{label}}:PaperKG {{{properties:row}}})
RETURN collect([n.key, elementId(n)]) AS ids
