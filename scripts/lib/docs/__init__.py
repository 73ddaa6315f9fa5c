"""The code of scripts/docs: the pages of docs/ from the schemas, the examples and the templates."""
