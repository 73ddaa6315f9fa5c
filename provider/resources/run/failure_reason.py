"""The reason why a run failed: the failed nodes and their messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError
from provider.client.statuses import SKIPPED, TERMINAL_STATUSES
from provider.framework import redaction
from provider.framework.plain_text import clean
from provider.resources.run.quoted_secrets import quoted_secrets

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.run_nodes import RunNode
    from provider.resources.run.status import Status

# The reason is not needed, so a tenant that does not answer must not delay the error for long.
_OPTIONAL_SECONDS: Final = 10.0
_MOST_NODES: Final = 3


def find(client: AtlanApi, run_id: str, status: Status) -> str | None:
    """Return sentences about the failed nodes of a run, and register the secrets that the messages seem to quote.

    Return None if the tenant does not return nodes, or if the run was skipped and has none. Never raises an error.
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
    reason = "\n".join(sentences)
    # The text is cleaned before it is shown, so a secret is found in that form.
    redaction.add_secrets(lambda: quoted_secrets(clean(reason)))
    return reason or None


def _sentence(node: RunNode) -> str:
    subject = f"The node {node.name}" if node.name else "A node"
    status = next((each for each in TERMINAL_STATUSES if each.lower() == node.status.lower()), None)
    result = f"ended as {status}" if status else "failed"
    return f"{subject} {result}: {node.message}" if node.message else f"{subject} {result}."
