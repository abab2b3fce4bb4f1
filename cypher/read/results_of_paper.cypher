// What a paper reports, absolute and relative results apart by kind, in the order of its text.
//
// Parameters:
//   paper (paper) = 'title:67935f6fb0cc0707': key, arXiv id or title of the paper
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
//   confidence: how sure the extractor is
//   evidence: the sentence that says so
UNWIND [$paper, 'arxiv:' + $paper] AS key
MATCH (p:Paper {key: key})
USING INDEX SEEK p:Paper(key)
MATCH (p)-[:REPORTS]->(r:Result)
WITH DISTINCT r
OPTIONAL MATCH (r)-[:OF]->(s)
OPTIONAL MATCH (r)-[:ON]->(b:Benchmark)
OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)
OPTIONAL MATCH (r)-[:AGAINST]->(a)
WITH DISTINCT r, s, b, m, a
RETURN r.kind AS kind, s.name AS subject, b.name AS benchmark, coalesce(m.name, r.metric) AS metric, r.value AS value,
       r.value_high AS value_high, r.unit AS unit, a.name AS baseline, r.confidence AS confidence, r.evidence AS evidence
ORDER BY kind, r.field DESC, r.start, r.mention_start, r.key, benchmark, subject, metric, baseline;
