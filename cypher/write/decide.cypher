// People's decisions on names.
UNWIND $rows AS row
CREATE (d:PaperKGDecision)
SET d = row
