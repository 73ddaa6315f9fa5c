"""The pages of the registry: `docs/`, from the provider's own schemas, the examples and `templates/`."""
