// The version that the store is written with.
MERGE (s:PaperKGStore {key: 'store'}) SET s.version = $version
