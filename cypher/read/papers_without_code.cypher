// Papers that introduce something and give no code repository, those with most upvotes first.
//
// Parameters:
//   limit (integer) = 50: rows at most
//
// Columns:
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   upvotes: its upvotes, where known
//   proposes: what it introduces, sorted
MATCH (p:Paper)-[:PROPOSES]->(e:PaperKG)
WHERE NOT EXISTS { (p)-[:HAS_CODE]->(:Repository) }
WITH p, e ORDER BY e.name
WITH p, collect(DISTINCT e.name) AS proposes
RETURN p.key AS paper, p.title AS title, coalesce(p.published, p.listed) AS date, p.upvotes AS upvotes, proposes
ORDER BY upvotes IS NULL, upvotes DESC, paper
LIMIT $limit;
