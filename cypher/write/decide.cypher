// People's decisions on names: the log, or those that the graph is resolved with.
UNWIND $rows AS row
CREATE (d:PaperKGDecision)
SET d = row, d.settled = $settled
