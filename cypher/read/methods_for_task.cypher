// Methods and models that are proposed for a task, or introduced by papers that work on it.
//
// Parameters:
//   task (name) = 'LLM inference': the task, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   name: the method or model
//   kind: Method or Model
//   stated: whether the text says that it is for the task
//   paper: key of the paper
//   date: when it was published, else listed
WITH toLower(replace(replace(replace($task, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(t:Task)
USING INDEX SEEK known:Name(folded)
WITH DISTINCT t
MATCH (t)<-[:ADDRESSES]-(p:Paper)
MATCH (p)-[:PROPOSES]->(e:PaperKG)
WHERE e:Method OR e:Model
WITH DISTINCT t, e, p
RETURN e.name AS name, [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, EXISTS { (e)-[:APPLIED_TO]->(t) } AS stated,
       p.key AS paper, coalesce(p.published, p.listed) AS date
ORDER BY stated DESC, name, kind, paper, e.key
LIMIT $limit;
