// The family of a name: the root it belongs to and every variant below it, with how many papers speak of each.
//
// Parameters:
//   name (name) = 'AIME': a model, method or benchmark, in any spelling
//
// Columns:
//   family: the root of the family
//   kind: Model, Method or Benchmark
//   steps: how far below the root
//   name: the variant; the root itself too
//   papers: how many papers speak of it
WITH toLower(replace(replace(replace($name, ' ', ''), '-', ''), '_', '')) AS folded
MATCH (known:Name {folded: folded})-[:NAMES]->(e:PaperKG)
USING INDEX SEEK known:Name(folded)
WHERE e:Model OR e:Method OR e:Benchmark
MATCH (e)-[:VARIANT_OF*0..4]->(root:PaperKG)
WHERE NOT EXISTS { (root)-[:VARIANT_OF]->() }
WITH DISTINCT root
MATCH path = (root)<-[:VARIANT_OF*0..4]-(v:PaperKG)
WITH root, v, min(length(path)) AS steps
OPTIONAL MATCH (v)<-[r]-(p:Paper)
WITH root, v, steps, count(DISTINCT p.key) AS papers
RETURN root.name AS family, [label IN labels(root) WHERE label <> 'PaperKG'][0] AS kind, steps, v.name AS name, papers
ORDER BY family, kind, steps, name, v.key;
