"""The service's nouns, without I/O."""
