"""The files of the GitHub workflows, without running them."""

import re
from pathlib import Path

import pytest

from scripts.lib.shared.mirror import ROOT
from scripts.lib.test.__main__ import SUITES

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_version(path: Path) -> None:
    """The action of a tag such as v6 changes from day to day."""
    used = re.findall(r"uses: (\S+)", path.read_text())
    assert used
    assert [] == [each for each in used if not re.fullmatch(r"[\w-]+/[\w-]+@v\d+\.\d+\.\d+", each)]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_command_is_one_of_the_projects(path: Path) -> None:
    """Each named script and each named suite exists."""
    text = path.read_text()
    assert [] == [name for name in re.findall(r"scripts/(\w+)", text) if not (ROOT / "scripts" / name).is_file()]
    named = {name for line in re.findall(r"scripts/test((?: [a-z]+)*)", text) for name in line.split()}
    assert named <= set(SUITES)


def test_the_pythons_that_are_declared_are_the_ones_that_are_checked() -> None:
    """The checks run on the versions that pyproject.toml names, on Linux and on Windows."""
    declared = set(re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text()))
    linux, windows = (ROOT / ".github" / "workflows" / "checks.yml").read_text().split("\n  windows:")
    assert declared == set(re.findall(r'"(3\.\d+)"', linux.partition("cli:")[0]))
    assert declared == set(re.findall(r'python: "(3\.\d+)"', windows))


def test_a_release_is_built_for_every_platform_that_can_be() -> None:
    """There is no release for Windows on arm64, because gRPC has no wheel for it."""
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text()
    built = set(re.findall(r"platform: (\w+),", text))
    assert {f"{system}_{machine}" for system in ("linux", "darwin", "windows") for machine in ("amd64", "arm64")} == (
        built | {"windows_arm64"}
    )
