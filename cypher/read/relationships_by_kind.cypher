// How many relationships there are of each type.
//
// Columns:
//   type: the relationship type
//   relationships: how many
//   papers: how many papers they come from
MATCH (:PaperKG)-[r]->(:PaperKG)
RETURN type(r) AS type, count(r) AS relationships, count(DISTINCT r.paper) AS papers
ORDER BY type;
