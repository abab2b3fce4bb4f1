"""Public doubles and conformance suites: for tests of this package and of what others plug into it."""
