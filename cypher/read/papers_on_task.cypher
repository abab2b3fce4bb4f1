// Papers that work on a task, the newest first, with what they introduce for it.
//
// Parameters:
//   task (name) = 'logical reasoning': the task, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   task: its usual name
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   proposes: what the paper introduces, sorted
//   evidence: the sentence that names the task
WITH toLower(replace(replace(replace($task, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(t:Task)
USING INDEX SEEK known:Name(folded)
MATCH (t)<-[r:ADDRESSES]-(p:Paper)
WITH t, p, r
ORDER BY r.confidence DESC, r.extractor, r.start
WITH t, p, collect(r)[0] AS r, coalesce(p.published, p.listed) AS date
ORDER BY date IS NULL, date DESC, p.key, t.name, t.key
LIMIT $limit
OPTIONAL MATCH (p)-[:PROPOSES]->(e)
WITH t, r, p, date, e ORDER BY e.name
WITH t, r, p, date, collect(DISTINCT e.name) AS proposes
RETURN t.name AS task, p.key AS paper, p.title AS title, date, proposes, r.evidence AS evidence
ORDER BY date IS NULL, date DESC, paper, task, t.key;
