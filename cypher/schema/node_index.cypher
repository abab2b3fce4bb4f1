// A property of a label that queries look up.
CREATE INDEX paperkg_{{label}}_{{property}} IF NOT EXISTS
FOR (n:{{label}}) ON (n.{{property}})
