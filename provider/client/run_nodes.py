"""The nodes of a run, from an answer whose shape is not documented.

Seen is an object of nodes by their names, each with ``status`` and ``error_message``. A list of nodes, other names of
these keys and other objects around the nodes are accepted too. Everything else is left out.
"""

from typing import NamedTuple

from provider.client.json_codec import Json

_NAME_KEYS = ("name", "display_name", "displayName", "node_name")
_STATUS_KEYS = ("status", "phase")
_ERROR_KEYS = ("error_message", "errorMessage", "error")
_MESSAGE_KEYS = (*_ERROR_KEYS, "message")
# A node that failed ends the run, which then ends the other nodes.
_CAUSES = ("failed", "failure", "error", "timedout")
_FAILED = (*_CAUSES, "terminated", "stopped", "cancelled")
_NOT_FAILED = (
    *("succeeded", "success", "completed", "done", "ok"),
    *("skipped", "omitted", "pending", "scheduled", "running", "paused"),
)
_DEEPEST = 6


class RunNode(NamedTuple):
    """A step of a run. Its texts are those of the service, and can contain secrets. A missing text is empty.

    ``has_error`` is True if the message has a key that only errors have.
    """

    name: str
    status: str
    message: str
    has_error: bool = False

    def __repr__(self) -> str:
        return f"<RunNode {self.status}>"

    @property
    def failed(self) -> bool:
        """True if the node ended without success, or has an error and a status that is not known."""
        status = self.status.lower()
        return status in _FAILED or (self.has_error and status not in _NOT_FAILED)


def failed_nodes(value: Json) -> list[RunNode]:
    """Return the nodes that failed. Those that ended the run come first, and among them those with a message.

    Otherwise the order is that of the answer.
    """
    found = dict.fromkeys(_failed(value, "", _DEEPEST))
    return sorted(found, key=lambda node: (node.status.lower() not in _CAUSES, not node.message))


def _failed(value: Json, key: str, depth: int) -> list[RunNode]:
    """Return the objects that are failed nodes. ``key`` names an object that does not name itself.

    An object around a failed node is not a node.
    """
    if depth == 0 or not isinstance(value, dict | list):
        return []
    if isinstance(value, list):
        return [node for each in value for node in _failed(each, "", depth - 1)]
    inside = [(name, each) for name, each in value.items() if name not in _MESSAGE_KEYS]
    found = [node for name, each in inside for node in _failed(each, name, depth - 1)]
    node = _node(value, key)
    return found if found or not node.failed or not (node.name or node.message) else [node]


def _node(value: dict[str, Json], key: str) -> RunNode:
    error = _message(value, _ERROR_KEYS)
    message = error or _message(value, _MESSAGE_KEYS)
    name = _text(value, _NAME_KEYS) or key or _text(value, ("id",))
    return RunNode(name, _text(value, _STATUS_KEYS), message, bool(error))


def _message(node: dict[str, Json], keys: tuple[str, ...]) -> str:
    """Return the text of the first key that has one, or the message in an object of one of these keys."""
    below = (_text(each, _MESSAGE_KEYS) for key in keys if isinstance(each := node.get(key), dict))
    return _text(node, keys) or next(filter(None, below), "")


def _text(node: dict[str, Json], keys: tuple[str, ...]) -> str:
    texts = (text.strip() for key in keys if isinstance(text := node.get(key), str))
    return next(filter(None, texts), "")
