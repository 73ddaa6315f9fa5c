"""Write the variables for an app's inputs. Null leaves an input to the app; the plan checks the allowed values."""

from scripts.lib.modules import filters
from scripts.lib.modules.declaring import typed, unless_null, variable
from scripts.lib.modules.inputs import Field
from scripts.lib.shared.hcl import Value, string


def write(field: Field) -> str:
    """Return the variable of one input."""
    default = {} if field.required else {"default": _default(field)}
    required = {"nullable": False} if field.required else {}
    return variable(field.name, typed(_described(field), field.type, **default, **required), *_rules(field))


def _default(field: Field) -> Value:
    """Return the default of the variable: null, or for a hidden input the value that the web UI submits."""
    if not field.hidden:
        return None
    return field.default == "true" if field.kind == "switch" else field.default


def _described(field: Field) -> str:
    allowed = f" One of {', '.join(field.allowed)}." if field.kind == "choice" else ""
    return field.meaning + allowed + ("" if field.hidden else _unset(field))


def _unset(field: Field) -> str:
    if field.required or field.default in (None, "", "{}", {}, []) or (field.default == 0 and field.kind == "number"):
        return ""
    shown = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f" Unset: {shown}."


def _rules(field: Field) -> list[tuple[str, str]]:
    name = field.name
    if field.kind == "choice":
        known = f"[{', '.join(string(each) for each in field.allowed)}]"
        return [(unless_null(f"contains({known}, var.{name})", name), f"{name} is one of {', '.join(field.allowed)}.")]
    if field.kind == "projects":
        return [object_rule(name)]
    if field.kind in filters.TYPES:
        return [filters.rule(name, field.kind)]
    if field.kind == "object":
        return [object_rule(name, text_too=field.text_too)]
    if field.kind == "json":
        return [
            (
                unless_null(f"can(jsondecode(var.{name}))", name),
                f"{name} is JSON text: write it as jsonencode({{ … }}).",
            )
        ]
    if field.kind == "number":
        return [_number_rule(name)]
    return [_scope_rule(name)] if field.kind == "scope" else []


def object_rule(name: str, *, text_too: bool = True) -> tuple[str, str]:
    """Return the rule for an object. With `text_too` its JSON text is valid, too."""
    tried = f"try(jsondecode(var.{name}), var.{name})" if text_too else f"var.{name}"
    said = f"{name} is an object{' or its JSON text' if text_too else ''}."
    return unless_null(f"can(keys({tried}))", name), said


def _number_rule(name: str) -> tuple[str, str]:
    least, most = (1, 30) if name == "popularity_window_days" else (0, None)
    bounds = f"var.{name} >= {least}" + (f" && var.{name} <= {most}" if most else "")
    said = f"from {least} to {most}" if most else f"of {least} or more"
    return unless_null(f"{bounds} && floor(var.{name}) == var.{name}", name), f"{name} is a whole number {said}."


def _scope_rule(name: str) -> tuple[str, str]:
    known = 'can(regex("^default/[^/]+/[0-9]+$", each)) && !startswith(each, "default/standard-lineage/")'
    one = f'length(distinct([for each in var.{name} : split("/", each)[1]])) == 1'
    condition = f"alltrue([for each in var.{name} : {known}]) && try({one}, false)"
    return condition, f"{name} lists qualified names of one connector, such as default/bigquery/1735689600."
