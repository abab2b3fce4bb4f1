// Papers that build on, apply or study a method or model, the newest first.
//
// Parameters:
//   name (name) = 'CoT': the method or model, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   kind: Method or Model
//   name: its usual name
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(folded)
MATCH (e)<-[r:USES]-(p:Paper)
WITH e, p, r
ORDER BY r.confidence DESC, r.extractor, r.start
WITH e, p, collect(r)[0] AS r
RETURN [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, e.name AS name, p.key AS paper, p.title AS title,
       coalesce(p.published, p.listed) AS date, r.evidence AS evidence
ORDER BY date IS NULL, date DESC, paper, kind, name, e.key
LIMIT $limit;
