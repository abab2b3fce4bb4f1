// A property of a relationship type that queries look up.
CREATE INDEX paperkg_{{type}}_{{property}} IF NOT EXISTS
FOR ()-[r:{{type}}]-() ON (r.{{property}})
