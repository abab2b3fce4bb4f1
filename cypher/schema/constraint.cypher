// One node for each key of a label.
CREATE CONSTRAINT paperkg_{{label}}_key IF NOT EXISTS
FOR (n:{{label}}) REQUIRE n.key IS UNIQUE
