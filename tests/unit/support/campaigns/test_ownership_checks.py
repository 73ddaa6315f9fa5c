"""The checks of the campaign of ownership. A check that always passes would hide a lost workflow."""

from dataclasses import replace

import pytest

from tests.support.campaigns.ownership_blocks import App, Configuration
from tests.support.campaigns.ownership_checks import check
from tests.support.campaigns.ownership_expected import SHARED, Command
from tests.support.campaigns.ownership_model import expect
from tests.support.campaigns.ownership_objects import Connection, Held, Tenant, Workflow
from tests.support.campaigns.ownership_stacks import NO_TROUBLE, Outcome
from tests.support.terraform import Result

ADDRESS = 'atlan_app.it["a"]'
CONNECTION = Connection("default/bigquery/1", "stored", ("admin",))
WORKFLOW = Workflow("n1-x", "n1", 1, CONNECTION, {"t1": "0 6 * * *"}, False)
ANOTHER = replace(WORKFLOW, slug="n2-x", name="n2", triggers={}, connection=replace(CONNECTION, qualified_name="b"))
HELD = [Held(ADDRESS, "n1-x", "n1-x")]


def outcome(after: Tenant, held: list[Held] = HELD, *, name: str = "n1", code: int = 0, text: str = "") -> Outcome:
    """Return the outcome of an apply of one configured workflow, whose trigger no state contains."""
    configuration, before = Configuration({"a": App(name)}), {"n1-x": WORKFLOW}
    expected = expect(before, HELD, (), configuration, Command())
    result = Result(("apply",), code, text, "")
    return Outcome(
        expected, configuration, NO_TROUBLE, before, after, HELD, held, result, is_interrupted=False, is_troubled=False
    )


def test_what_is_expected_passes() -> None:
    """Nothing changes, or the name of the workflow changes and a new workflow replaces it."""
    check(outcome({"n1-x": WORKFLOW}))
    check(outcome({"n2-x": ANOTHER}, [Held(ADDRESS, "n2-x", "n2-x")], name="n2"))


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({}, "a workflow is lost"),
        ({"n1-x": WORKFLOW, "n2-x": ANOTHER}, "a workflow is created twice"),
        ({"n1-x": replace(WORKFLOW, triggers={})}, "a trigger is lost"),
        ({"n1-x": replace(WORKFLOW, triggers={"t1": "0 6 * * *", "t2": "0 6 * * *"})}, "a trigger is created twice"),
        ({"n1-x": replace(WORKFLOW, connection=replace(CONNECTION, name="n1"))}, "a connection has changed"),
        ({"n1-x": replace(WORKFLOW, name="n2")}, "a workflow is renamed"),
        ({"n1-x": replace(WORKFLOW, version=2)}, "an unchanged workflow is published"),
    ],
)
def test_each_loss_is_found(after: Tenant, said: str) -> None:
    """In an apply that changes nothing."""
    with pytest.raises(AssertionError, match=said):
        check(outcome(after))


def test_an_apply_that_fails_without_a_reason_is_found() -> None:
    """The model expects success."""
    with pytest.raises(AssertionError, match="the apply must succeed"):
        check(outcome({"n1-x": WORKFLOW}, code=1))


@pytest.mark.parametrize(
    ("code", "text", "after", "said"),
    [
        (0, SHARED, {"n1-x": WORKFLOW}, "the plan must be refused"),
        (1, "another error", {"n1-x": WORKFLOW}, "one of these errors"),
        (1, SHARED, {"n1-x": replace(WORKFLOW, version=2)}, "a refused plan changes nothing"),
    ],
)
def test_a_refusal_is_an_error_that_changes_nothing(code: int, text: str, after: Tenant, said: str) -> None:
    """Two addresses have one workflow."""
    refused = outcome(after, code=code, text=text)
    refused.expected.refusals.add(SHARED)
    with pytest.raises(AssertionError, match=said):
        check(refused)
