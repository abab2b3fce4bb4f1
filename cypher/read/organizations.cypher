// Organisations that post papers, and how much they introduce.
//
// Parameters:
//   limit (integer) = 50: rows at most
//
// Columns:
//   organization: its name
//   handle: its handle on the hub, where known
//   papers: how many papers it posted
//   proposes: how many methods, models and benchmarks these introduce
//   upvotes: upvotes of these papers together
MATCH (o:Organization)<-[:FROM]-(p:Paper)
WITH DISTINCT o, p
WITH o, count(p) AS papers, sum(coalesce(p.upvotes, 0)) AS upvotes, collect(p) AS posted
UNWIND posted AS p
OPTIONAL MATCH (p)-[:PROPOSES]->(e:PaperKG)
WITH o, papers, upvotes, count(DISTINCT e) AS proposes
RETURN o.name AS organization, o.handle AS handle, papers, proposes, upvotes
ORDER BY papers DESC, organization, o.key
LIMIT $limit;
