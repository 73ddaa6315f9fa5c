"""Render every page of `docs/`. The names of the pages follow the layout of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from provider import problems, settings
from scripts.lib.app_facts import apps
from scripts.lib.docs import wording
from scripts.lib.docs.schemas import Block, Everything, Function, everything
from scripts.lib.shared.mirror import NAMESPACE, ROOT, TYPE

EXAMPLES: Final = ROOT / "examples"
TEMPLATES: Final = ROOT / "templates"

# Pages in folders use relative links, which work on GitHub and in the registry. The index cannot: its address in the
# registry is `.../docs`, without a slash at the end, so a relative link would start one folder higher.
REGISTRY: Final = f"https://registry.terraform.io/providers/{NAMESPACE}/{TYPE}/latest/docs"

# in the order of reading; each has a template of the same name
GUIDES: Final = {
    "getting-started": "From nothing to a crawler that runs each morning.",
    "modules": "A module to copy for each of the known apps.",
    "importing-what-exists": "Take over workflows, schedules, credentials and runs that were made elsewhere.",
    "rotating-secrets": "Give secrets so that no plan and no state contains them, and change them.",
    "runs-in-ci": "Plan, apply, run and watch for drift in a pipeline.",
    "from-the-sdk": "Each call of the vendor's Python SDK, and the configuration in its place.",
    "reading-errors": "What each kind of error means, whether something was changed, and what to do.",
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
        "groups": wording.groups,
        "guides": GUIDES,
        "legend": wording.legend,
        "marks": wording.marks,
        "problems": problems,
        "registry": REGISTRY,
        "settings": settings,
        "title": title,
        "type_of": wording.type_of,
    }
    return environment
