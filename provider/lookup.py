"""Find a workflow by its name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from provider.framework import Path, UserError

if TYPE_CHECKING:
    from provider.client.api import AtlanApi


def slug_of_name(client: AtlanApi, name: str, path: Path | None = None) -> str:
    """Return the slug of the workflow with a name.

    Raises UserError at ``path`` if no workflow or several workflows have the name.
    """
    found = [each.slug for each in client.list_workflows(name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f'There is no workflow named "{name}"',
            "Names must match exactly. Correct the name, or write the workflow's slug.",
            path,
        )
    raise UserError(
        f'Several workflows are named "{name}"', f"Write the slug of one of them: {', '.join(found)}.", path
    )


def app_import_blocks(name: str, *slugs: str) -> str:
    """Return an import block for each slug, ready to paste. The user chooses one.

    The protocol does not send the address of a resource, so the label in the block is made from the workflow's name.
    """
    return import_blocks(f"atlan_app.{_label(name)}", *slugs)


def import_blocks(address: str, *ids: str) -> str:
    """Return an import block for each id. The user chooses one and completes the address."""
    blocks = [f"import {{\n  to = {address}\n  id = {_quoted(each)}\n}}" for each in ids]
    return "\n\nor\n\n".join(blocks) + '\n\nThe address after "to" must be the address of this resource.'


def _quoted(text: str) -> str:
    """Return a text as a quoted template of HCL that contains exactly this text."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _label(name: str) -> str:
    label = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")
    return label if label[:1].isalpha() else f"app_{label}".rstrip("_")
