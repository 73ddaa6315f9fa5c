"""The checks of a configuration, as Terraform requests them."""

from collections.abc import Mapping
from typing import Any

from provider.framework import DataSource, Finding, Resource
from provider.framework.protocol import validation


def findings(kind: DataSource[Any] | Resource[Any], config: Mapping[str, Any]) -> list[Finding]:
    """Return the findings of the schema's validators and of ``check_config``."""
    return [*validation.check(kind.get_schema(), config), *kind.check_config(dict(config))]
