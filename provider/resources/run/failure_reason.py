"""The reason why a run failed: the failed nodes and their messages.

A message can quote the credential of the workflow. If this process has sent the credential, the guard for secrets knows
it, so the message is shown. Otherwise only words that cannot be a secret are shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError
from provider.client.statuses import SKIPPED, TERMINAL_STATUSES
from provider.resources.run.read import run_id_of
from provider.resources.run.shown_words import HIDDEN, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from provider.client.run_nodes import RunNode
    from provider.provider_data import ProviderData
    from provider.resources.run.schema import RunState

# The reason is not needed, so a tenant that does not answer must not delay the error for long.
_OPTIONAL_SECONDS: Final = 10.0
_MOST_NODES: Final = 3
# The name of a node that was generated for an item can end with the item, in brackets.
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,59}")
_HIDDEN_ADVICE: Final = (
    f"{HIDDEN} stands for names and values, because a message can quote a credential that this apply has not sent."
)


def find(data: ProviderData, state: RunState) -> str | None:
    """Return sentences about the failed nodes of a run.

    Return None if the tenant does not return nodes, or if the run was skipped and has none. Never raises an error.
    """
    if state["status"] == SKIPPED:
        return None
    try:
        nodes = data.client.with_timeout(_OPTIONAL_SECONDS).get_failed_nodes(run_id_of(state))
    except AtlanError:
        return None
    message = str if data.has_sent_credential(state["slug"]) else shown
    sentences = [_sentence(node, message) for node in nodes[:_MOST_NODES]]
    others = len(nodes) - _MOST_NODES
    if others > 0:
        sentences.append("1 more node did not succeed." if others == 1 else f"{others} more nodes did not succeed.")
    if message is shown and any(HIDDEN in sentence for sentence in sentences):
        sentences.append(_HIDDEN_ADVICE)
    return "\n".join(sentences) or None


def _sentence(node: RunNode, message: Callable[[str], str]) -> str:
    name = _NAME.match(node.name)
    subject = f"The node {name[0]}" if name else "A node"
    status = next((each for each in TERMINAL_STATUSES if each.lower() == node.status.lower()), None)
    result = f"ended as {status}" if status else "failed"
    text = message(node.message)
    return f"{subject} {result}: {text}" if text else f"{subject} {result}."
