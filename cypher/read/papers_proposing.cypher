// Papers that introduce what a name means: a method, a model or a benchmark.
//
// Parameters:
//   name (name) = 'PowerInfer-2': what is looked for, in any spelling
//
// Columns:
//   kind: Method, Model or Benchmark
//   name: its usual name
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   confidence: how sure the extractor is
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(folded)
MATCH (e)<-[r:PROPOSES]-(p:Paper)
WITH e, p, r
ORDER BY r.confidence DESC, r.extractor, r.start
WITH e, p, collect(r)[0] AS r
RETURN [label IN labels(e) WHERE label <> 'PaperKG'][0] AS kind, e.name AS name, p.key AS paper, p.title AS title,
       coalesce(p.published, p.listed) AS date, r.confidence AS confidence, r.evidence AS evidence
ORDER BY kind, name, date IS NULL, date, paper, e.key;
