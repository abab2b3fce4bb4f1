// Papers that share most with a given one: what few papers name counts more.
//
// Parameters:
//   paper (paper) = 'title:9b636f116adf40fb': key, arXiv id or title of the paper
//   limit (integer) = 10: rows at most
//
// Columns:
//   paper: key of the other paper
//   title: its title
//   score: sum over what both name of 1 / number of papers that name it, where no more than 200 do
//   shared: what both name, sorted
UNWIND [$paper, 'arxiv:' + $paper] AS given
MATCH (p:Paper {key: given})
USING INDEX SEEK p:Paper(key)
MATCH (p)-[:PROPOSES|USES|COMPARED_WITH|EVALUATED_ON|TRAINED_ON|ADDRESSES|MEASURES]->(e:PaperKG)
WITH DISTINCT p, e
CALL {
  WITH e
  MATCH (e)<-[:PROPOSES|USES|COMPARED_WITH|MENTIONS|EVALUATED_ON|TRAINED_ON|ADDRESSES|MEASURES]-(o:Paper)
  WITH DISTINCT o LIMIT 201
  RETURN count(o) AS papers
}
WITH p, e, papers
ORDER BY e.key
WHERE papers > 1 AND papers <= 200
MATCH (e)<-[:PROPOSES|USES|COMPARED_WITH|EVALUATED_ON|TRAINED_ON|ADDRESSES|MEASURES]-(o:Paper)
WHERE o <> p
WITH DISTINCT o, e, papers
WITH o, sum(1.0 / papers) AS score, collect(e) AS both
WITH o, score, both, o.key AS paper
ORDER BY round(score, 4) DESC, paper
LIMIT $limit
UNWIND both AS e
WITH o, score, paper, e
ORDER BY e.name, e.key
WITH o, paper, score, collect(e.name) AS shared
RETURN paper, o.title AS title, round(score, 4) AS score, shared
ORDER BY score DESC, paper;
