CREATE CONSTRAINT paperkg_{{name}}_key IF NOT EXISTS FOR (n:{{name}}) REQUIRE n.key IS UNIQUE;
