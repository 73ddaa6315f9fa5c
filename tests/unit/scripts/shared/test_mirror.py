"""The mirror that makes the checkout's provider installable."""

import subprocess
from pathlib import Path

import pytest

from provider import __version__
from scripts.lib.shared import mirror


def tree(directory: Path) -> dict[str, str]:
    """Return every file below a folder with its text."""
    return {str(path.relative_to(directory)): path.read_text() for path in directory.rglob("*") if path.is_file()}


def test_both_registries_hosts_are_mirrored(tmp_path: Path) -> None:
    """The provider is in the folders in which terraform and tofu look for a source address without a host."""
    name = f"terraform-provider-atlan_v{__version__}"
    below = f"atlanhq/atlan/{__version__}/{mirror.system()}/{name}"
    hosts = ("registry.terraform.io", "registry.opentofu.org")
    installed = mirror.install(tmp_path)
    assert {f"{host}/{below}" for host in hosts} == set(tree(installed.mirror))


def test_installing_again_changes_nothing(tmp_path: Path) -> None:
    """A lock file that was written with the mirror stays valid."""
    mirror.install(tmp_path)
    before = tree(tmp_path)
    mirror.install(tmp_path)
    assert before == tree(tmp_path)


def test_the_wrapper_is_the_program_it_wraps(tmp_path: Path) -> None:
    """Arguments and exit code are passed on, also for a path with spaces and quotes."""
    program = tmp_path / 'it\'s a "program"'
    program.write_text('#!/bin/sh\nprintf "%s|" "$@"\nexit 7\n')
    program.chmod(0o755)
    installed = mirror.install(tmp_path / "installed", program)
    wrapper = next(path for path in installed.mirror.rglob("terraform-provider-*"))
    result = subprocess.run([wrapper, "a b", "c"], capture_output=True, text=True, timeout=10)
    assert (7, "a b|c|") == (result.returncode, result.stdout)


@pytest.mark.parametrize(
    ("kernel", "machine", "expected"),
    [
        ("Linux", "x86_64", "linux_amd64"),
        ("Linux", "aarch64", "linux_arm64"),
        ("Darwin", "arm64", "darwin_arm64"),
        ("Darwin", "x86_64", "darwin_amd64"),
    ],
)
def test_the_platform_is_in_the_registries_words(
    monkeypatch: pytest.MonkeyPatch, kernel: str, machine: str, expected: str
) -> None:
    """The names of each platform are mapped to the names in a mirror."""
    monkeypatch.setattr("platform.system", lambda: kernel)
    monkeypatch.setattr("platform.machine", lambda: machine)
    assert expected == mirror.system()
