"""How a module declares a variable: its attributes, its type, and the rules for its value."""

from typing import Any

from scripts.lib.shared.hcl import Expression, block, value


def variable(name: str, attributes: dict[str, Any], *rules: tuple[str, str]) -> str:
    """Return a variable's block; each rule is a condition and what is said where it does not hold."""
    checks = [block("validation", {"condition": Expression(rule), "error_message": said}) for rule, said in rules]
    return block(f'variable "{name}"', attributes, *checks)


def typed(description: str | Expression, kind: str, **others: Any) -> dict[str, Any]:
    """The attributes that every variable has, in the order in which they are written."""
    return {"description": description, "type": Expression(kind), **others}


def object_type(fields: dict[str, str], depth: int = 1) -> str:
    """The type of an object whose attributes have these types; `depth` is the nesting of its line."""
    return f"object({value({name: Expression(text) for name, text in fields.items()}, depth)})"


def heredoc(lines: list[str]) -> Expression:
    """A text of several lines as the value of a top-level block's attribute."""
    text = "".join(f"    {line}\n" if line else "\n" for line in lines)
    return Expression(f"<<-EOT\n{text}  EOT")


def joined(sign: str, conditions: list[str]) -> str:
    """Several conditions in one, a line each; `sign` is ``&&`` or ``||``."""
    lines = f" {sign}\n".join(f"    {each}" for each in conditions)
    return f"(\n{lines}\n  )"


def unless_null(condition: str, name: str) -> str:
    """A condition on a variable that holds for null too."""
    return f"var.{name} == null ? true : {condition}"
