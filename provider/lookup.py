"""Making and finding workflows: the entrypoint's second try, a name that is taken, an answer that was lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from provider.client.entrypoints import with_entrypoint
from provider.client.errors import AtlanError, Conflict, NotFound, UnknownEntrypoint
from provider.framework import Path, UserError
from provider.model.inputs import Inputs, equal, overlay

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import CreatedWorkflow, PublishedWorkflow, Workflow

T = TypeVar("T")

# A look-up of what a lost answer left behind has time of its own: the operation's may be what ran out, or a stop
# may have come.
_RECOVERY_SECONDS: Final = 30.0


class NameTakenError(UserError):
    """Another workflow holds the name; ``slugs`` are those that do, as far as that is known."""

    def __init__(self, name: str, slugs: tuple[str, ...], error: Conflict) -> None:
        manage = f", or manage the existing workflow:\n\n{import_block(name, *slugs)}" if slugs else "."
        super().__init__(
            f'The name "{name}" is taken',
            f"{_holders(slugs)} Names are unique on a tenant. Choose another name{manage}\n\n{error}",
            ["name"],
        )
        self.slugs = slugs


class TakenUp(NamedTuple):
    """A workflow that a create made, and the error in place of its answer if it had to be looked up."""

    app: CreatedWorkflow
    after: AtlanError | None = None


def create(api: AtlanApi, *, app_id: str, name: str, entrypoint: str | None, inputs: Inputs) -> TakenUp:
    """Create a workflow without running it. What a lost answer left behind is taken up when it is ours.

    Raises NameTakenError, other Problems, and AtlanError where certainly nothing was created.
    """

    def request(with_entrypoint: str | None) -> CreatedWorkflow:
        return api.create_workflow(app_id=app_id, name=name, inputs=inputs, entrypoint=with_entrypoint, run=False)

    try:
        return TakenUp(_with_entrypoint(api, app_id, entrypoint, request))
    except Conflict as error:
        slugs = error.slugs or tuple(app.slug for app in _look_up(api, name) or ())
        raise NameTakenError(name, slugs, error) from error
    except NotFound as error:
        raise UserError(
            f"There is no app {app_id}",
            f"Check the id against the tenant's marketplace.\n\n{error}",
            ["app_id"],
        ) from error
    except AtlanError as error:
        if not error.ambiguous:
            raise
        return TakenUp(_recovered(api, app_id, name, inputs, error), error)


def update(api: AtlanApi, *, slug: str, app_id: str, entrypoint: str | None, inputs: Inputs) -> PublishedWorkflow:
    """Publish a new version with these inputs in full."""

    def request(with_entrypoint: str | None) -> PublishedWorkflow:
        return api.update_workflow(slug, inputs=inputs, entrypoint=with_entrypoint)

    return _with_entrypoint(api, app_id, entrypoint, request)


def _with_entrypoint(api: AtlanApi, app_id: str, entrypoint: str | None, request: Callable[[str | None], T]) -> T:
    try:
        return with_entrypoint(api, app_id, entrypoint, request)
    except UnknownEntrypoint as error:
        otherwise = "Leave entrypoint out for the default." if entrypoint else "Name the one that is meant."
        raise UserError(
            f"{app_id} has no entrypoint {entrypoint}" if entrypoint else f"{app_id} has no default entrypoint",
            f"It has: {', '.join(error.entrypoints) or 'none by name'}. {otherwise}\n\n{error}",
            ["entrypoint"],
        ) from error


def slug_of_name(api: AtlanApi, name: str, path: Path | None = None) -> str:
    """The slug of the one workflow of that name. Raises UserError, on the path, where there is none, or several."""
    found = [app.slug for app in api.find_workflows(name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f'There is no workflow named "{name}"', "Names are matched exactly. Give its slug instead.", path
        )
    raise UserError(f'Several workflows are named "{name}"', f"Give the slug of one of them: {', '.join(found)}.", path)


def import_block(name: str, *slugs: str) -> str:
    """Ready to paste: an import block for each slug, one to be chosen where there are several.

    The protocol does not tell a provider the address of a resource, so the label is made of the name.
    """
    blocks = [f'import {{\n  to = atlan_app.{_label(name)}\n  id = "{slug}"\n}}' for slug in slugs]
    return "\n\nor\n\n".join(blocks) + '\n\nThe address after "to" is to be that of this resource.'


def _label(name: str) -> str:
    label = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")
    return label if label[:1].isalpha() else f"app_{label}".rstrip("_")


def _holders(slugs: tuple[str, ...]) -> str:
    if not slugs:
        return "Another workflow holds it."
    return f"{' and '.join(slugs)} {'holds' if len(slugs) == 1 else 'hold'} it."


def _look_up(api: AtlanApi, name: str) -> list[Workflow] | None:
    """The workflows of that name in full; None where looking failed."""
    api = api.recovering(_RECOVERY_SECONDS)
    try:
        return [api.get_workflow(app.slug) for app in api.find_workflows(name)]
    except AtlanError:
        return None


def _recovered(api: AtlanApi, app_id: str, name: str, inputs: Inputs, error: AtlanError) -> CreatedWorkflow:
    from provider.client.responses import CreatedWorkflow

    found = _look_up(api, name)
    ours = [app for app in found or () if _is_ours(app, app_id, inputs)]
    if len(ours) == 1:
        return CreatedWorkflow(slug=ours[0].slug, version=ours[0].version, execution_mode=ours[0].execution_mode)
    if found:
        raise UserError(
            f'"{name}" exists, and it is not known who created it',
            f"The create ended without an answer that tells. If the workflow is yours, import it:\n\n"
            f"{import_block(name, *(app.slug for app in found))}\n\n{error}",
        ) from error
    looked = "Looking for it failed too." if found is None else "No workflow of that name was found afterwards."
    raise UserError(
        f'It is not known whether "{name}" was created',
        f"{looked} Apply again: should it have been created after all, the name is taken and the error names its "
        f"slug.\n\n{error}",
    ) from error


def _is_ours(app: Workflow, app_id: str, sent: Inputs) -> bool:
    """The same app, and the inputs that were sent."""
    return app.app_id == app_id and app.inputs is not None and equal(overlay(sent, app.inputs), sent)
