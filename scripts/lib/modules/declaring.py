"""Write the declaration of a variable: its attributes, its type, and the rules for its value."""

from scripts.lib.shared.hcl import Expression, Value, block, value


def variable(name: str, attributes: dict[str, Value], *rules: tuple[str, str]) -> str:
    """Return the block of a variable. Each rule is a condition and the error message if it is false."""
    checks = [block("validation", {"condition": Expression(rule), "error_message": message}) for rule, message in rules]
    return block(f'variable "{name}"', attributes, *checks)


def typed(description: str | Expression, kind: str, **others: Value) -> dict[str, Value]:
    """Return the attributes that every variable has, in the order of writing."""
    return {"description": description, "type": Expression(kind), **others}


def object_type(fields: dict[str, str], depth: int = 1) -> str:
    """Return the type of an object whose attributes have these types. `depth` is the nesting of its line."""
    return f"object({value({name: Expression(text) for name, text in fields.items()}, depth)})"


def heredoc(lines: list[str]) -> Expression:
    """Return a text of several lines as the value of an attribute in a top-level block."""
    text = "".join(f"    {line}\n" if line else "\n" for line in lines)
    return Expression(f"<<-EOT\n{text}  EOT")


def joined(sign: str, conditions: list[str]) -> str:
    """Return several conditions as one, with a line for each. `sign` is ``&&`` or ``||``."""
    lines = f" {sign}\n".join(f"    {each}" for each in conditions)
    return f"(\n{lines}\n  )"


def unless_null(condition: str, name: str) -> str:
    """Return a condition on a variable that is true for null, too."""
    return f"var.{name} == null ? true : {condition}"
