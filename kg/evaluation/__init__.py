"""How good extractions and names are, measured against what people annotated."""
