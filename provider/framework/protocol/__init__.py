"""The plugin protocol: messages, values, and the servicer that answers Terraform."""
