"""The code of scripts/test, which runs the test suites."""
