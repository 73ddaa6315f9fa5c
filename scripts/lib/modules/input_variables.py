"""Write the variables for an app's inputs. The defaults are those of the web UI; the plan checks the allowed values."""

from scripts.lib.modules import filters
from scripts.lib.modules.declaring import typed, unless_null, variable
from scripts.lib.modules.inputs import Field
from scripts.lib.shared.hcl import string


def write(field: Field) -> str:
    """Return the variable of one input."""
    default = {} if field.required else {"default": field.default}
    nullable = {"nullable": False} if field.required or field.is_filter else {}
    rules = _rules(field)
    if not nullable:
        rules = [(unless_null(condition, field.name), message) for condition, message in rules]
    return variable(field.name, typed(_described(field), field.type, **default, **nullable), *rules)


def _described(field: Field) -> str:
    allowed = f" One of {', '.join(field.allowed)}." if field.kind == "choice" else ""
    return field.meaning + allowed


def _rules(field: Field) -> list[tuple[str, str]]:
    """Return the rules for a value that is not null."""
    name = field.name
    if field.kind == "choice":
        known = f"[{', '.join(string(each) for each in field.allowed)}]"
        return [(f"contains({known}, var.{name})", f"{name} is one of {', '.join(field.allowed)}.")]
    if field.kind == "projects":
        return [object_rule(name)]
    if field.kind in filters.TYPES:
        return [filters.rule(name, field.kind)]
    if field.kind == "object":
        return [object_rule(name, text_too=field.text_too)]
    if field.kind == "json":
        return [_json_rule(field)]
    if field.kind == "number":
        return [_number_rule(name)]
    return [_scope_rule(name)] if field.kind == "scope" else []


def object_rule(name: str, *, text_too: bool = True) -> tuple[str, str]:
    """Return the rule for an object. With `text_too` its JSON text is valid, too."""
    tried = f"try(jsondecode(var.{name}), var.{name})" if text_too else f"var.{name}"
    said = f"{name} is an object{' or its JSON text' if text_too else ''}."
    return f"can(keys({tried}))", said


def _json_rule(field: Field) -> tuple[str, str]:
    """Return the rule for JSON text. An empty text is valid where it is the default."""
    condition = f"can(jsondecode(var.{field.name}))"
    if field.default == "":
        condition = f'var.{field.name} == "" || {condition}'
    return condition, f"{field.name} is JSON text: write it as jsonencode({{ … }})."


def _number_rule(name: str) -> tuple[str, str]:
    least, most = (1, 30) if name == "popularity_window_days" else (0, None)
    bounds = f"var.{name} >= {least}" + (f" && var.{name} <= {most}" if most else "")
    said = f"from {least} to {most}" if most else f"of {least} or more"
    return f"{bounds} && floor(var.{name}) == var.{name}", f"{name} is a whole number {said}."


def _scope_rule(name: str) -> tuple[str, str]:
    known = 'can(regex("^default/[^/]+/[0-9]+$", each)) && !startswith(each, "default/standard-lineage/")'
    one = f'length(distinct([for each in var.{name} : split("/", each)[1]])) == 1'
    condition = f"alltrue([for each in var.{name} : {known}]) && try({one}, false)"
    return condition, f"{name} lists qualified names of one connector, such as default/bigquery/1735689600."
