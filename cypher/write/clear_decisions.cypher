// Forget people's decisions on names: the log, or those that the graph is resolved with.
MATCH (d:PaperKGDecision) WHERE coalesce(d.settled, false) = $settled DELETE d
