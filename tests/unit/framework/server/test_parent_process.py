"""The process that started this one, and how its end is noticed."""

import subprocess
import sys

import pytest

from provider.framework.server.parent_process import Parent
from tests.support.plugin_client import ROOT, SECONDS

CHILD = """
import sys, time
from provider.framework.server.parent_process import Parent

parent = Parent(orphans_move={orphans_move})
print("alive" if not parent.is_gone else "gone", flush=True)
until = time.monotonic() + 30
while not parent.is_gone and time.monotonic() < until:
    time.sleep(0.01)
sys.stderr.write("gone" if parent.is_gone else "alive")
"""

PARENT = """
import subprocess, sys

child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE, text=True)
print(child.stdout.readline(), end="", flush=True)
child.stdout.close()
"""


@pytest.mark.parametrize("orphans_move", [True, False], ids=["handed on", "as on Windows"])
def test_a_parent_that_lives_is_not_gone(orphans_move: bool) -> None:
    """The process that runs this test has a parent."""
    assert not Parent(orphans_move=orphans_move).is_gone


@pytest.mark.parametrize("orphans_move", [True, False], ids=["handed on", "as on Windows"])
def test_a_parent_that_ends_is_gone(orphans_move: bool) -> None:
    """A child notices that its parent has ended, with and without a new parent."""
    child = CHILD.format(orphans_move=orphans_move)
    command = [sys.executable, "-c", PARENT, child]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as parent:
        assert parent.wait(SECONDS) == 0
        assert parent.stdout is not None
        assert parent.stderr is not None
        assert ("alive\n", "gone") == (parent.stdout.read(), parent.stderr.read())
