"""The Atlan provider for Terraform: app workflows, their schedules and contracts as code."""

__version__ = "0.1.0"
