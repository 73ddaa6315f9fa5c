"""Render every page of `docs/`. The names of the pages follow the layout of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from provider import errors, settings
from provider.model import known_apps
from scripts.lib.app_facts import apps
from scripts.lib.docs import filter_forms, wording
from scripts.lib.docs.schemas import Block, Everything, Function, everything
from scripts.lib.shared.mirror import NAMESPACE, ROOT, TYPE

EXAMPLES: Final = ROOT / "examples"
TEMPLATES: Final = ROOT / "templates"

# Pages in folders use relative links, which work on GitHub and in the registry. The index cannot: its address in the
# registry is `.../docs`, without a slash at the end, so a relative link would start one folder higher.
REGISTRY: Final = f"https://registry.terraform.io/providers/{NAMESPACE}/{TYPE}/latest/docs"

# In reading order. Each guide has a template of the same name.
GUIDES: Final = {
    "getting-started": "From an empty folder to a crawler that runs every morning.",
    "modules": "Copy a module for one of the known apps.",
    "filters": "The form of `include_filter` and `exclude_filter` for each app.",
    "importing-what-exists": "Import workflows, schedules, credentials and runs that were created elsewhere.",
    "rotating-secrets": "Keep secrets out of plans and state, and change them.",
    "runs-in-ci": "Plan, apply, run and detect drift in a pipeline.",
    "from-the-sdk": "The configuration for each call of the vendor's Python SDK.",
    "reading-errors": "What each kind of error means, if something was changed, and what to do.",
    "reliability": "What the provider promises when something fails, and how that is tested.",
    "performance": "How a refresh of many workflows works, and measured figures.",
    "sandbox": "A tenant on your own machine, to try configurations and to test modules.",
}

_LANGUAGES: Final = {".tf": "terraform", ".sh": "shell"}
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def pages() -> dict[str, str]:
    """Return all pages: the index, one for each resource, data source and function, and the guides."""
    told = everything()
    templates = _environment(told)
    made = {"index.md": _text(templates, "index.md", page=told.provider)}
    made |= _of(templates, "resources", told.resources)
    made |= _of(templates, "data-sources", told.data_sources)
    made |= _of(templates, "functions", told.functions)
    return made | {f"guides/{name}.md": _text(templates, f"guides/{name}.md") for name in GUIDES}


def example(path: str) -> str:
    """Return a file of `examples/` as a fenced block."""
    file = EXAMPLES / path
    return f"```{_LANGUAGES[file.suffix]}\n{file.read_text(encoding='utf-8').strip()}\n```"


def title(name: str) -> str:
    """Return the title of a guide, made from its name."""
    return name.replace("-", " ").capitalize().replace("sdk", "SDK to Terraform").replace(" ci", " CI")


def _of(templates: Environment, folder: str, described: Iterable[Block | Function]) -> dict[str, str]:
    names = {f"{folder}/{each.name}.md": each for each in described}
    return {name: _text(templates, name, page=each) for name, each in names.items()}


def _text(templates: Environment, name: str, **values: Any) -> str:
    written = templates.get_template(f"{name}.j2").render(name=name, **values)
    return _BLANK_LINES.sub("\n\n", written).strip() + "\n"


def _environment(told: Everything) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "anchor": wording.anchor,
        "apps": apps.load(),
        "call_of": wording.call_of,
        "everything": told,
        "example": example,
        "filter_forms": filter_forms.forms(),
        "groups": wording.groups,
        "guides": GUIDES,
        "known_apps": known_apps,
        "legend": wording.legend,
        "marks": wording.marks,
        "problems": errors,
        "registry": REGISTRY,
        "settings": settings,
        "title": title,
        "type_of": wording.type_of,
    }
    environment.filters["code"] = "`{}`".format
    return environment
