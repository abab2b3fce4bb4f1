// All that is reported about a method or model and its variants: absolute and relative results apart by kind.
//
// Parameters:
//   name (name) = 'PowerInfer-2': the method or model, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   subject: the method, model or variant that was measured
//   kind: absolute or relative
//   benchmark: on which benchmark
//   metric: what was measured
//   value: the number
//   value_high: upper end where the text gives a range
//   unit: its unit
//   baseline: what it is set against
//   paper: key of the paper that reports it
//   date: when it was published, else listed
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(named:PaperKG)
USING INDEX SEEK known:Name(folded)
WHERE named:Method OR named:Model
MATCH (named)<-[:VARIANT_OF*0..4]-(s:PaperKG)
WITH DISTINCT s
MATCH (s)<-[:OF]-(r:Result)
WITH DISTINCT s, r
MATCH (r)<-[:REPORTS]-(p:Paper)
OPTIONAL MATCH (r)-[:ON]->(b:Benchmark)
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
OPTIONAL MATCH (r)-[:AGAINST]->(a)
WITH DISTINCT s, r, p, b, m, a
RETURN s.name AS subject, r.kind AS kind, b.name AS benchmark, coalesce(m.name, r.metric) AS metric, r.value AS value,
       r.value_high AS value_high, r.unit AS unit, a.name AS baseline, p.key AS paper, coalesce(p.published, p.listed) AS date,
       r.evidence AS evidence
ORDER BY kind, subject, benchmark IS NULL, benchmark, metric IS NULL, metric, value DESC, paper, r.key
LIMIT $limit;
