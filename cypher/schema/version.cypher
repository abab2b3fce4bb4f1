// The version that the store was written with.
MATCH (s:PaperKGStore {key: 'store'}) RETURN s.version AS version
