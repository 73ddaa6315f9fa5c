"""The configuration of all known apps."""

import subprocess
from dataclasses import replace
from pathlib import Path

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.configuration import configuration
from scripts.lib.app_facts.workflows import workflow, workflows
from scripts.lib.shared import cli

APPS = apps.load()


def test_the_configuration_is_the_same_each_time() -> None:
    """Generating twice gives the same text."""
    assert configuration() == configuration()


def test_schedules_can_be_left_out() -> None:
    """Without schedules only the apps are written."""
    chosen = workflows(APPS[:2])
    assert 2 == configuration(chosen).count('resource "atlan_app_schedule"')
    assert 0 == configuration(chosen, schedules=False).count('resource "atlan_app_schedule"')


def test_a_changed_input_changes_its_line_alone() -> None:
    """A workflow with one other value differs in one line of the configuration."""
    before = workflow(APPS[0])
    after = replace(before, inputs=before.inputs | {"exclude_empty_modules": False})
    pairs = zip(configuration([before]).splitlines(), configuration([after]).splitlines(), strict=True)
    assert [("    exclude_empty_modules   = true", "    exclude_empty_modules   = false")] == [
        pair for pair in pairs if pair[0] != pair[1]
    ]


def test_the_configuration_is_formatted() -> None:
    """The CLI's own formatter has nothing to change in the configuration of all apps."""
    written = configuration()
    result = subprocess.run(
        [cli.find(), "fmt", "-"],
        input=written,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env=cli.environment(Path("/dev/null")),
    )
    assert (written, 0) == (result.stdout, result.returncode)
