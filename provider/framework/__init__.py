"""A framework for Terraform providers in Python.

``__all__`` contains the public names and modules. Each is imported when it is first used, so that a launch loads only
what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tf.utils import Diagnostics as Diagnostics

    from provider.framework import paths as paths
    from provider.framework import plan_modifiers as plan_modifiers
    from provider.framework import polling as polling
    from provider.framework import private_state as private_state
    from provider.framework import redaction as redaction
    from provider.framework import reserved_names as reserved_names
    from provider.framework import terraform_command as terraform_command
    from provider.framework import testing as testing
    from provider.framework import timeouts as timeouts
    from provider.framework import validators as validators
    from provider.framework.data_source import DataSource as DataSource
    from provider.framework.diagnostics import ArgumentError as ArgumentError
    from provider.framework.diagnostics import Finding as Finding
    from provider.framework.diagnostics import TaintingError as TaintingError
    from provider.framework.diagnostics import UserError as UserError
    from provider.framework.diagnostics import warning as warning
    from provider.framework.function import CallContext as CallContext
    from provider.framework.function import Function as Function
    from provider.framework.function import FunctionSignature as FunctionSignature
    from provider.framework.function import Parameter as Parameter
    from provider.framework.function import Return as Return
    from provider.framework.lazy_imports import deferred as deferred
    from provider.framework.normal_form import nfc as nfc
    from provider.framework.provider import Provider as Provider
    from provider.framework.registration import Lazy as Lazy
    from provider.framework.resource import GONE as GONE
    from provider.framework.resource import Context as Context
    from provider.framework.resource import Gone as Gone
    from provider.framework.resource import MoveSource as MoveSource
    from provider.framework.resource import PlanContext as PlanContext
    from provider.framework.resource import Resource as Resource
    from provider.framework.schema import Attribute as Attribute
    from provider.framework.schema import Nested as Nested
    from provider.framework.schema import Schema as Schema
    from provider.framework.server.entry_point import run as run
    from provider.framework.types import BOOL as BOOL
    from provider.framework.types import DYNAMIC as DYNAMIC
    from provider.framework.types import NUMBER as NUMBER
    from provider.framework.types import STRING as STRING
    from provider.framework.types import TfType as TfType
    from provider.framework.types import collection_of_texts as collection_of_texts
    from provider.framework.types import list_of as list_of
    from provider.framework.types import map_of as map_of
    from provider.framework.types import object_of as object_of
    from provider.framework.types import set_of as set_of
    from provider.framework.values import Json as Json
    from provider.framework.values import Known as Known
    from provider.framework.values import Path as Path
    from provider.framework.values import State as State
    from provider.framework.values import Unknown as Unknown
    from provider.framework.values import UnknownType as UnknownType
    from provider.framework.values import Value as Value
    from provider.framework.values import are_known as are_known
    from provider.framework.values import is_known as is_known
    from provider.framework.values import leaves as leaves
    from provider.framework.values import same as same

_NAMES_BY_MODULE: Final = {
    "tf.utils": ("Diagnostics",),
    "provider.framework.data_source": ("DataSource",),
    "provider.framework.diagnostics": ("ArgumentError", "Finding", "TaintingError", "UserError", "warning"),
    "provider.framework.function": (
        "CallContext",
        "Function",
        "FunctionSignature",
        "Parameter",
        "Return",
    ),
    "provider.framework.lazy_imports": ("deferred",),
    "provider.framework.normal_form": ("nfc",),
    "provider.framework.provider": ("Provider",),
    "provider.framework.registration": ("Lazy",),
    "provider.framework.resource": ("GONE", "Context", "Gone", "MoveSource", "PlanContext", "Resource"),
    "provider.framework.schema": ("Attribute", "Nested", "Schema"),
    "provider.framework.server.entry_point": ("run",),
    "provider.framework.types": (
        "BOOL",
        "DYNAMIC",
        "NUMBER",
        "STRING",
        "TfType",
        "collection_of_texts",
        "list_of",
        "map_of",
        "object_of",
        "set_of",
    ),
    "provider.framework.values": (
        "Json",
        "Known",
        "Path",
        "State",
        "Unknown",
        "UnknownType",
        "Value",
        "are_known",
        "is_known",
        "leaves",
        "same",
    ),
}
_SUBMODULES: Final = (
    "paths",
    "plan_modifiers",
    "polling",
    "private_state",
    "redaction",
    "reserved_names",
    "terraform_command",
    "testing",
    "timeouts",
    "validators",
)
_MODULE_BY_NAME: Final = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names}

__all__ = [*_MODULE_BY_NAME, *_SUBMODULES]  # noqa: PLE0604 - strings, but computed


def __getattr__(name: str) -> Any:
    """Import a public name from its module, or a public module."""
    if name in _SUBMODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _MODULE_BY_NAME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_MODULE_BY_NAME[name]), name)
    globals()[name] = found
    return found
