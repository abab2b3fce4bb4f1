// The addresses that a paper gives: code first, then the others.
//
// Parameters:
//   paper (paper) = 'title:67935f6fb0cc0707': key, arXiv id or title of the paper
//
// Columns:
//   kind: code, project, dataset, model, paper or other
//   url: the address
//   official: whether it is the paper's own release
//   evidence: the sentence that gives it
UNWIND [$paper, 'arxiv:' + $paper] AS key
MATCH (p:Paper {key: key})
USING INDEX SEEK p:Paper(key)
MATCH (p)-[r:HAS_CODE|LINKS_TO]->(t:PaperKG)
WITH DISTINCT CASE WHEN t:Repository THEN 'code' ELSE r.kind END AS kind, t.url AS url, r.official AS official, r.evidence AS evidence
RETURN kind, url, official, evidence
ORDER BY kind <> 'code', kind, url, official, evidence;
