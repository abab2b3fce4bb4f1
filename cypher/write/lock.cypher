// Hold the store for one writer until the transaction ends.
MATCH (s:PaperKGStore {key: 'store'}) SET s.version = s.version
