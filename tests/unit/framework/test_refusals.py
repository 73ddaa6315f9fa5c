"""Errors that must not block a destroy."""

import pytest

from provider.framework import refusals, terraform_command
from provider.framework.diagnostics import Finding, warning
from provider.framework.terraform_command import Command

PLAN = Command("terraform", is_destroy=False)
DESTROY = Command("tofu", is_destroy=True)
WRONG = Finding("wrong", "Correct it.", ["name"])


@pytest.mark.parametrize(
    ("launcher", "finding", "expected"),
    [
        (PLAN, WRONG, WRONG),
        (DESTROY, WRONG, warning("wrong", "Correct it.", ["name"])),
        (
            None,
            WRONG,
            WRONG._replace(detail="Correct it.\n\nTo destroy anyway, run terraform destroy -refresh=false."),
        ),
        (None, Finding("wrong"), Finding("wrong", "To destroy anyway, run terraform destroy -refresh=false.")),
        (None, warning("careful"), warning("careful")),
        (DESTROY, warning("careful"), warning("careful")),
    ],
)
def test_an_error_of_a_plan_blocks_no_destroy(
    monkeypatch: pytest.MonkeyPatch, launcher: Command | None, finding: Finding, expected: Finding
) -> None:
    """It is a warning in a destroy. If the command is not known, it names the one that works."""
    monkeypatch.setattr(terraform_command, "launcher", lambda: launcher)
    assert expected == refusals.refusal(finding)


@pytest.mark.parametrize(("launcher", "is_error"), [(PLAN, True), (None, True), (DESTROY, False)])
def test_an_error_without_a_way_out_names_none(
    monkeypatch: pytest.MonkeyPatch, launcher: Command | None, is_error: bool
) -> None:
    """The command that destroys anyway would report the error again."""
    monkeypatch.setattr(terraform_command, "launcher", lambda: launcher)
    assert WRONG._replace(is_error=is_error) == refusals.refusal(WRONG, has_way_out=False)


@pytest.mark.parametrize(
    ("launcher", "expected"),
    [
        (PLAN, WRONG),
        (None, WRONG),
        (
            DESTROY,
            WRONG._replace(detail="Correct it.\n\nTo destroy without this read, run tofu destroy -refresh=false."),
        ),
    ],
)
def test_a_failed_read_stays_an_error(
    monkeypatch: pytest.MonkeyPatch, launcher: Command | None, expected: Finding
) -> None:
    """In a destroy, it names the command that reads nothing."""
    monkeypatch.setattr(terraform_command, "launcher", lambda: launcher)
    assert expected == refusals.failed_read(WRONG)


@pytest.mark.parametrize(("launcher", "is_error"), [(PLAN, True), (None, True), (DESTROY, False)])
def test_an_error_of_a_validation_in_a_plan_blocks_no_destroy(
    monkeypatch: pytest.MonkeyPatch, launcher: Command | None, is_error: bool
) -> None:
    """It is unchanged in any other command."""
    monkeypatch.setattr(terraform_command, "launcher", lambda: launcher)
    assert WRONG._replace(is_error=is_error) == refusals.plan_validation(WRONG)
    assert warning("careful") == refusals.plan_validation(warning("careful"))
