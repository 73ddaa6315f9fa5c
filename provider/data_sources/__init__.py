"""The data sources, one file each: schema, read."""
