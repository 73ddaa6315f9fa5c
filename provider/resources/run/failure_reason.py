"""The reason why a run failed: the failed nodes and what can be shown of their messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError
from provider.client.statuses import SKIPPED, TERMINAL_STATUSES
from provider.resources.run.shown_words import HIDDEN, shown

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.run_nodes import RunNode
    from provider.resources.run.status import Status

# The reason is not needed, so a tenant that does not answer must not delay the error for long.
_OPTIONAL_SECONDS: Final = 10.0
_MOST_NODES: Final = 3
# The name of a node that was generated for an item can end with the item, in brackets.
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,59}")
_HIDDEN_ADVICE: Final = (
    f"{HIDDEN} stands for names and values, because a message can quote secrets that this apply does not know."
)


def find(client: AtlanApi, run_id: str, status: Status) -> str | None:
    """Return sentences about the failed nodes of a run.

    Return None if the tenant does not return them, or if the run was skipped and has no nodes. Never raises an error.
    """
    if status == SKIPPED:
        return None
    try:
        nodes = client.with_timeout(_OPTIONAL_SECONDS).get_failed_nodes(run_id)
    except AtlanError:
        return None
    sentences = [_sentence(node) for node in nodes[:_MOST_NODES]]
    if len(nodes) > _MOST_NODES:
        sentences.append(f"{len(nodes) - _MOST_NODES} more nodes did not succeed.")
    if any(HIDDEN in sentence for sentence in sentences):
        sentences.append(_HIDDEN_ADVICE)
    return "\n".join(sentences) or None


def _sentence(node: RunNode) -> str:
    name = _NAME.match(node.name)
    subject = f"The node {name[0]}" if name else "A node"
    status = next((each for each in TERMINAL_STATUSES if each.lower() == node.status.lower()), None)
    result = f"ended as {status}" if status else "failed"
    message = shown(node.message)
    return f"{subject} {result}: {message}" if message else f"{subject} {result}."
