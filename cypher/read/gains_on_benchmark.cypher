// Gains, reductions and ratios claimed on a benchmark and its variants, the newest first.
//
// Parameters:
//   benchmark (name) = 'HumanEval': the benchmark, in any spelling
//   limit (integer) = 50: rows at most
//
// Columns:
//   benchmark: the benchmark or variant that was measured on
//   subject: what gained
//   metric: what was measured
//   value: the gain
//   value_high: upper end where the text gives a range
//   unit: its unit
//   baseline: against what
//   paper: key of the paper that claims it
//   title: its title
//   date: when it was published, else listed
//   evidence: the sentence that says so
WITH toLower(replace(replace(replace($benchmark, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(named:Benchmark)
USING INDEX SEEK known:Name(folded)
MATCH (named)<-[:VARIANT_OF*0..4]-(b:Benchmark)
WITH DISTINCT b
MATCH (b)<-[:ON]-(r:Result {kind: 'relative'})
MATCH (r)<-[:REPORTS]-(p:Paper)
WITH DISTINCT b, r, p, b.name AS benchmark, p.key AS paper, coalesce(p.published, p.listed) AS date
ORDER BY date IS NULL, date DESC, paper, benchmark, r.key
LIMIT $limit
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
OPTIONAL MATCH (r)-[:OF]->(s)
OPTIONAL MATCH (r)-[:AGAINST]->(a)
WITH DISTINCT benchmark, r, p, paper, date, m, s, a
RETURN benchmark, s.name AS subject, coalesce(m.name, r.metric) AS metric, r.value AS value, r.value_high AS value_high,
       r.unit AS unit, a.name AS baseline, paper, p.title AS title, date, r.evidence AS evidence
ORDER BY date IS NULL, date DESC, paper, benchmark, r.key
LIMIT $limit;
