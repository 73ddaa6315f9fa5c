"""The nodes of a run, from an answer whose shape is not documented.

Seen is an object of nodes by their names, each with ``status`` and ``error_message``. A list of nodes, other names of
these keys and other objects around the nodes are accepted too. Everything else is left out.
"""

from collections.abc import Iterator
from typing import NamedTuple

from provider.client.json_codec import Json

_NAME_KEYS = ("name", "display_name", "displayName", "node_name", "id")
_STATUS_KEYS = ("status", "phase")
_MESSAGE_KEYS = ("error_message", "errorMessage", "message", "error")
_FAILED = ("failed", "error", "timedout", "terminated", "stopped", "cancelled")
_NOT_FAILED = ("succeeded", "skipped", "omitted", "pending", "scheduled", "running", "paused")
_DEEPEST = 6


class RunNode(NamedTuple):
    """A step of a run. Its texts are those of the service, and can contain secrets. A missing text is empty."""

    name: str
    status: str
    message: str

    def __repr__(self) -> str:
        return f"<RunNode {self.status}>"

    @property
    def failed(self) -> bool:
        """True if the node ended without success, or has a message and a status that is not known."""
        status = self.status.lower()
        return status in _FAILED or (bool(self.message) and status not in _NOT_FAILED)


def failed_nodes(value: Json) -> list[RunNode]:
    """Return the nodes that failed, in the order of the answer. Those with a message come first."""
    found = [node for node in _nodes(value, "", _DEEPEST) if node.failed and (node.name or node.message)]
    return sorted(dict.fromkeys(found), key=lambda node: not node.message)


def _nodes(value: Json, key: str, depth: int) -> Iterator[RunNode]:
    """Yield every object as a node, the innermost first. ``key`` names an object that does not name itself."""
    if depth == 0:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, "", depth - 1)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _MESSAGE_KEYS:
                yield from _nodes(each, name, depth - 1)
        yield RunNode(_text(value, _NAME_KEYS) or key, _text(value, _STATUS_KEYS), _message(value))


def _message(node: dict[str, Json]) -> str:
    below = (_text(each, _MESSAGE_KEYS) for key in _MESSAGE_KEYS if isinstance(each := node.get(key), dict))
    return _text(node, _MESSAGE_KEYS) or next(filter(None, below), "")


def _text(node: dict[str, Json], keys: tuple[str, ...]) -> str:
    texts = (text.strip() for key in keys if isinstance(text := node.get(key), str))
    return next(filter(None, texts), "")
