// The papers with most upvotes in a span of days, and what they introduce.
//
// Parameters:
//   from (date) = '2025-11-01': the first day
//   days (integer) = 60: how many days
//   limit (integer) = 20: rows at most
//
// Columns:
//   upvotes: its upvotes
//   paper: key of the paper
//   title: its title
//   date: when it was listed, else published
//   proposes: what it introduces, sorted
WITH date($from) AS first, date($from) + duration({days: $days}) AS end
MATCH (p:Paper)
WHERE p.upvotes IS NOT NULL AND coalesce(p.listed, p.published) >= first AND coalesce(p.listed, p.published) < end
OPTIONAL MATCH (p)-[:PROPOSES]->(e:PaperKG)
WITH p, e ORDER BY e.name
WITH p, collect(DISTINCT e.name) AS proposes
RETURN p.upvotes AS upvotes, p.key AS paper, p.title AS title, coalesce(p.listed, p.published) AS date, proposes
ORDER BY upvotes DESC, paper
LIMIT $limit;
