// What is built on a method or model, step by step.
//
// Parameters:
//   name (name) = 'CoT': the method or model, in any spelling
//   steps (integer) = 2: steps at most; more than 5 are not taken
//
// Columns:
//   steps: how many steps on
//   name: the descendant
//   kind: Method or Model
//   through: the names on the way, from the start
//   paper: key of the paper that states the last step
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(folded)
WHERE e:Method OR e:Model
WITH DISTINCT e
MATCH path = (e)<-[:BASED_ON*1..5]-(d:PaperKG)
WHERE length(path) <= $steps
WITH d, length(path) AS steps, [n IN nodes(path) | n.name] AS through, relationships(path)[-1] AS r
ORDER BY r.confidence DESC, r.extractor, r.start
WITH d, steps, through, r.paper AS paper, collect(r)[0] AS r
RETURN steps, d.name AS name, [label IN labels(d) WHERE label <> 'PaperKG'][0] AS kind, through, paper, r.evidence AS evidence
ORDER BY steps, name, kind, through, paper, d.key;
