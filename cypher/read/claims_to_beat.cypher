// Who is said to beat a method or model or one of its variants, the newest claims first.
//
// Parameters:
//   name (name) = 'CoT': what is beaten, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   winner: what is said to be better
//   kind: Method or Model
//   loser: what it is said to beat
//   paper: key of the paper that says so
//   title: its title
//   date: when it was published, else listed
//   confidence: how sure the extractor is
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(named:PaperKG)
USING INDEX SEEK known:Name(folded)
WHERE named:Method OR named:Model
MATCH (named)<-[:VARIANT_OF*0..4]-(e:PaperKG)
WITH DISTINCT e
MATCH (e)<-[r:OUTPERFORMS]-(w:PaperKG)
WITH e, r, w
ORDER BY r.confidence DESC, r.extractor, r.start
WITH e, w, r.paper AS key, collect(r)[0] AS r
MATCH (p:Paper {key: key})
USING INDEX SEEK p:Paper(key)
WITH e, r, w, p, coalesce(p.published, p.listed) AS date
RETURN w.name AS winner, [label IN labels(w) WHERE label <> 'PaperKG'][0] AS kind, e.name AS loser, p.key AS paper, p.title AS title,
       date, r.confidence AS confidence, r.evidence AS evidence
ORDER BY date IS NULL, date DESC, paper, winner, kind, loser, w.key
LIMIT $limit;
