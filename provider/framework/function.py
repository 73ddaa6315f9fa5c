"""The base class of functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from tf import function
from tf.function import CallContext, Return
from tf.schema import TextFormat

__all__ = ["CallContext", "Function", "FunctionSignature", "Parameter", "Return"]


@dataclass
class Parameter(function.Parameter):
    """A parameter of a function. Its description is Markdown, like every description in a schema."""

    description_kind: TextFormat | None = TextFormat.Markdown


@dataclass
class FunctionSignature(function.FunctionSignature):
    """The parameters, the return type and the documentation of a function. The description is Markdown."""

    description_kind: TextFormat | None = TextFormat.Markdown


class Function(function.Function):
    """A pure function without I/O. ``call`` raises ArgumentError for a wrong argument."""

    name: ClassVar[str]
    signature: ClassVar[FunctionSignature]

    def __init__(self, provider_data: Any) -> None:
        """Ignore the provider's data, because a pure function does not depend on it."""

    @classmethod
    def get_name(cls) -> str:
        """Return the name for tf's interface."""
        return cls.name

    @classmethod
    def get_signature(cls) -> FunctionSignature:
        """Return the signature for tf's interface."""
        return cls.signature
