// Papers that give a code repository, the newest first.
//
// Parameters:
//   official (boolean) = true: only the paper's own release
//   limit (integer) = 50: rows at most
//
// Columns:
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   repository: address of the code
//   official: whether it is the paper's own release
MATCH (p:Paper)-[r:HAS_CODE]->(c:Repository)
WHERE NOT $official OR r.official
WITH DISTINCT p, c, r.official AS official
RETURN p.key AS paper, p.title AS title, coalesce(p.published, p.listed) AS date, c.url AS repository, official
ORDER BY date IS NULL, date DESC, paper, repository, official
LIMIT $limit;
