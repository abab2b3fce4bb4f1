// Results that have to do with a thing: measured on it, by it, of it or against it.
//
// Parameters:
//   names (names) = 'GSM8K': keys of Name nodes, or a text in any spelling
//   kind (string) = 'Benchmark': the kind of thing that is meant
//   limit (integer) = 25: rows at most
//
// Columns:
//   kind: absolute or relative
//   subject: what was measured
//   benchmark: on which benchmark
//   metric: what was measured
//   value: the number
//   value_high: upper end where the text gives a range
//   unit: its unit
//   baseline: what it is set against
//   paper: key of the paper
//   evidence: the sentence that says so
UNWIND $names AS name
MATCH (known:Name {key: name})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(key)
WHERE $kind IN labels(e)
WITH DISTINCT e
MATCH (e)--(r:Result)
WITH DISTINCT r
OPTIONAL MATCH (r)-[:OF]->(s)
OPTIONAL MATCH (r)-[:ON]->(b:Benchmark)
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
OPTIONAL MATCH (r)-[:AGAINST]->(a)
WITH DISTINCT r, s, b, m, a
RETURN r.kind AS kind, s.name AS subject, b.name AS benchmark, coalesce(m.name, r.metric) AS metric, r.value AS value,
       r.value_high AS value_high, r.unit AS unit, a.name AS baseline, r.paper AS paper, r.evidence AS evidence
ORDER BY kind, benchmark IS NULL, benchmark, metric IS NULL, metric, value DESC, paper, r.key, subject, baseline
LIMIT $limit;
