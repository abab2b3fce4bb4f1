// Models that papers of a span of days introduce, in the order of their dates.
//
// Parameters:
//   from (date) = '2025-11-07': the first day
//   days (integer) = 60: how many days
//
// Columns:
//   date: when the paper was listed, else published
//   model: the model
//   paper: key of the paper
//   title: its title
//   upvotes: its upvotes, where known
//   evidence: the sentence that introduces it
WITH date($from) AS first, date($from) + duration({days: $days}) AS end
MATCH (p:Paper)
WHERE coalesce(p.listed, p.published) >= first AND coalesce(p.listed, p.published) < end
MATCH (p)-[r:PROPOSES]->(e:Model)
WITH p, e, r
ORDER BY r.confidence DESC, r.extractor, r.start
WITH p, e, collect(r)[0] AS r
RETURN coalesce(p.listed, p.published) AS date, e.name AS model, p.key AS paper, p.title AS title, p.upvotes AS upvotes,
       r.evidence AS evidence
ORDER BY date, paper, model, e.key;
