"""Providers that run already, so that Terraform attaches to them. A launch takes ten times as long as a command."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import plugin_client
from tests.support.plugin_client import Plugin
from tests.support.terraform import Workspace

REATTACH = "TF_REATTACH_PROVIDERS"

_COMMAND = (sys.executable, "-m", "provider", "--debug")
_MOST_RUNNING = 4


@contextmanager
def attached(workspace: Workspace, home: Path, command: Sequence[str] = _COMMAND) -> Iterator[Plugin]:
    """Yield a process that all commands of the workspace use. Its environment is that of the workspace."""
    settings = {name: text for name, text in workspace.env.items() if name.startswith("ATLAN_")}
    with _launched(home, settings, command) as (plugin, where):
        before = workspace.env
        workspace.env = {**before, REATTACH: where}
        try:
            yield plugin
        finally:
            workspace.env = before


@contextmanager
def _launched(
    home: Path, settings: Mapping[str, str], command: Sequence[str] = _COMMAND
) -> Iterator[tuple[Plugin, str]]:
    with plugin_client.launched(home, command=command, connect=False, cookie=False, TF_LOG="", **settings) as plugin:
        line = plugin.stdout.wait_for(lambda line: line.startswith(f"{REATTACH}="))
        yield plugin, line.removeprefix(f"{REATTACH}=").strip("'")


@dataclass(frozen=True)
class _Process:
    plugin: Plugin
    where: str
    ends: ExitStack


class Providers:
    """A process for each tenant and sign-in, started with ``command`` by the first command that needs it.

    Every command configures its process again. ``close()`` ends all processes.
    """

    def __init__(self, home: Path, command: Sequence[str] = _COMMAND) -> None:
        self._home = home
        self._command = command
        self._running: dict[frozenset[tuple[str, str]], _Process] = {}

    def attach(self, environment: Mapping[str, str]) -> dict[str, str]:
        """Return the environment of a command, changed to use the process with its settings.

        An environment that requests the plugin's log, or sets how to launch the plugin, stays unchanged.
        """
        if any(name.startswith(("TF_LOG", "PLUGIN_")) or name == REATTACH for name in environment):
            return dict(environment)
        wanted = frozenset(item for item in environment.items() if not item[0].startswith("TF_"))
        process = self._running.pop(wanted, None)
        if process is not None and process.plugin.process.poll() is not None:
            process.ends.close()
            process = None
        process = self._running[wanted] = process or self._start(dict(wanted))  # now last: the first is ended first
        return {**environment, REATTACH: process.where}

    def _start(self, settings: dict[str, str]) -> _Process:
        while len(self._running) >= _MOST_RUNNING:
            self._running.pop(next(iter(self._running))).ends.close()
        ends = ExitStack()
        plugin, where = ends.enter_context(_launched(self._home, settings, self._command))
        return _Process(plugin, where, ends)

    def close(self) -> None:
        """End all processes."""
        while self._running:
            self._running.popitem()[1].ends.close()
