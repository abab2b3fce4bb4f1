// What the papers of an organisation introduce and release.
//
// Parameters:
//   organization (name) = 'inclusionAI': the organisation, by name or handle
//
// Columns:
//   organization: its name
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   proposes: what it introduces, sorted
//   code: addresses of its own code, sorted
WITH toLower(replace(replace(replace($organization, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(o:Organization)
USING INDEX SEEK known:Name(folded)
MATCH (o)<-[:FROM]-(p:Paper)
WITH DISTINCT o, p
OPTIONAL MATCH (p)-[:PROPOSES]->(e:PaperKG)
WITH o, p, e ORDER BY e.name
WITH o, p, collect(DISTINCT e.name) AS proposes
OPTIONAL MATCH (p)-[r:HAS_CODE]->(c:Repository)
WHERE r.official
WITH o, p, proposes, c ORDER BY c.url
WITH o, p, proposes, collect(DISTINCT c.url) AS code
RETURN o.name AS organization, p.key AS paper, p.title AS title, coalesce(p.published, p.listed) AS date, proposes, code
ORDER BY date IS NULL, date DESC, paper, organization;
