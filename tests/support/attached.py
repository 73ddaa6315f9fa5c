"""A provider that was started by hand, as one does to debug it, for Terraform to attach to."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import plugin_client
from tests.support.plugin_client import Plugin
from tests.support.terraform import Workspace

_COMMAND = (sys.executable, "-m", "provider", "--debug")
_LINE = "TF_REATTACH_PROVIDERS="


@contextmanager
def attached(workspace: Workspace, home: Path) -> Iterator[Plugin]:
    """The process that all commands of the workspace use within the block; its environment is the workspace's own."""
    settings = {name: text for name, text in workspace.env.items() if name.startswith("ATLAN_")}
    with plugin_client.launched(home, command=_COMMAND, connect=False, cookie=False, TF_LOG="", **settings) as plugin:
        line = plugin.stdout.wait_for(lambda line: line.startswith(_LINE))
        before = workspace.env
        workspace.env = {**before, "TF_REATTACH_PROVIDERS": line.removeprefix(_LINE).strip("'")}
        try:
            yield plugin
        finally:
            workspace.env = before
