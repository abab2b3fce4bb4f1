// What a method or model is said to beat, the newest claims first.
//
// Parameters:
//   name (name) = 'LINC': the winner, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   winner: what is said to be better
//   loser: what it is said to beat
//   kind: Method or Model
//   paper: key of the paper that says so
//   date: when it was published, else listed
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(w:PaperKG)
USING INDEX SEEK known:Name(folded)
WHERE w:Method OR w:Model
MATCH (w)-[r:OUTPERFORMS]->(e:PaperKG)
WITH w, r, e
ORDER BY r.confidence DESC, r.extractor, r.start
WITH w, e, r.paper AS key, collect(r)[0] AS r
MATCH (p:Paper {key: key})
USING INDEX SEEK p:Paper(key)
WITH w, r, e, p, coalesce(p.published, p.listed) AS date
RETURN w.name AS winner, e.name AS loser, [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, p.key AS paper, date,
       r.evidence AS evidence
ORDER BY date IS NULL, date DESC, paper, winner, loser, kind, e.key
LIMIT $limit;
