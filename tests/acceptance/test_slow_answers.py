"""Answers that never end: a command ends at the timeout, and after one Ctrl-C. The unit tests have all ways."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event

import pytest

from tests.acceptance.conftest import Start
from tests.support.dripping import HTTP_WAYS, dripping
from tests.support.terraform import Workspace

WAYS = (
    "100 Continue without end",
    "headers without end",
    "a part of the body",
    "a chunk size that drips",
    "trailers that drip",
    "empty gzip members without end",
)
SECONDS = 30.0
"""The longest time of a command. Without a limit, each of these answers takes longer."""


@pytest.fixture
def reading(start: Start) -> Iterator[tuple[Workspace, list[Event]]]:
    """Yield a workspace with a provider and a data source for each way, whose limit is a variable."""
    with ExitStack() as servers:
        blocks = ['variable "seconds" {\n  type = number\n}\n']
        arrivals: list[Event] = []
        for number, way in enumerate(WAYS):
            address, arrived = servers.enter_context(dripping(HTTP_WAYS[way]))
            arrivals.append(arrived)
            blocks.append(f"""
provider "atlan" {{
  alias           = "p{number}"
  base_url        = "http://{address}"
  max_retries     = 0
  request_timeout = var.seconds
}}

data "atlan_role" "r{number}" {{
  provider = atlan.p{number}
  name     = "$admin"
}}
""")
        _, workspace = start("".join(blocks), launch=True)
        yield workspace, arrivals


def test_a_plan_ends_at_the_timeout(reading: tuple[Workspace, list[Event]]) -> None:
    """Each answer has its error."""
    workspace, _ = reading
    with workspace.start("plan", "-var=seconds=2") as running:
        result = running.wait(SECONDS).failed()
    assert len(WAYS) == result.output.count("Error: ")
    assert len(WAYS) == result.text.count("no answer in time") + result.text.count(
        "before the whole answer had arrived"
    )


def test_one_interrupt_ends_a_plan(reading: tuple[Workspace, list[Event]]) -> None:
    """Terraform waits for its plugins, and they do not wait for the answers."""
    workspace, arrivals = reading
    with workspace.start("plan", "-var=seconds=600") as running:
        assert all(each.wait(SECONDS) for each in arrivals)
        running.send(signal.SIGINT, group=True)
        result = running.wait(SECONDS)
    assert 1 == result.returncode
    assert "Terraform was interrupted" in result.text
