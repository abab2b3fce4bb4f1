// Forget people's decisions on names.
MATCH (d:PaperKGDecision) DELETE d
