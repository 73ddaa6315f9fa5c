"""The answers of a scripted server for a data source, and the result of a read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.http_server import Received, Reply

SERVICE = "/api/service/v1/"


@dataclass
class Reading:
    """The result of a read, and its warnings."""

    state: dict[str, Any]
    warnings: list[str]


Read = Callable[..., Reading]


def answers(**by_path: Any) -> Callable[[Received], Reply]:
    """Answers by the end of a path after ``v1/``, / written as __; a number is that status, what is missing a 404."""

    def reply(request: Received) -> Reply:
        found = by_path.get(request.path.removeprefix(SERVICE).replace("/", "__"), 404)
        if isinstance(found, int):
            return Reply(found, {"code": str(found), "message": "no"})
        return Reply(body=found)

    return reply
