"""Check the inputs of a plan against the contract."""

from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.errors import NoAnswer, NotFound, Unauthorized, UnknownEntrypoint
from provider.contracts.schema import Contract
from provider.framework import PlanContext, Unknown
from provider.model.connection import ATTRIBUTE_NAMES
from provider.resources.app import check_inputs
from provider.setup_errors import SetupErrors
from tests.support.app_resource import NEW, Workflows, app_context, app_state, stored_workflow
from tests.support.marketplace import app_ids

ATTRIBUTES: Any = {**dict.fromkeys(ATTRIBUTE_NAMES, True), "name": {"maxLength": 3}}
CONTRACT = Contract(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["connection", "rows"],
        "properties": {
            "connection": {
                "type": "object",
                "properties": {"typeName": {}, "attributes": {"type": "object", "properties": ATTRIBUTES}},
            },
            "rows": {"type": "integer"},
            "token": {"type": "string"},
            "credential": {"type": "object", "properties": {"name": {}, "port": {"maximum": 10}}},
        },
    }
)
CONNECTION = {**NEW, "name": "abc"}
PATH = {"method": "GET", "path": "/api/service/v1/apps"}


def check(
    config: Any,
    current: Any = None,
    planned: Any = None,
    contract: Any = CONTRACT,
    client: Any = None,
    unknown_inputs: Any = "near",
) -> Any:
    def fetch(app_id: str, entrypoint: str | None, seconds: float) -> Contract:
        if isinstance(contract, Exception):
            raise contract
        return contract

    data: Any = SimpleNamespace(
        contracts=SimpleNamespace(fetch=fetch),
        client=client or Workflows(),
        app_ids=app_ids("bigquery-miner"),
        unknown_inputs=unknown_inputs,
        setup_errors=SetupErrors(),
    )
    ctx = app_context(config, PlanContext)
    return list(check_inputs.check(ctx, data, current, config if planned is None else planned))


def configured(inputs: Any = None, **attributes: Any) -> Any:
    return app_state(**{"app_id": "example-app", "asset_connection": CONNECTION, "inputs": inputs, **attributes})


@pytest.mark.parametrize(
    ("config", "path", "summary"),
    [
        pytest.param(configured({"rows": "1"}), ["inputs", ("rows",)], "inputs.rows", id="in inputs"),
        pytest.param(
            configured({"rows": 1}, inputs_wo={"token": 1}),
            ["inputs_wo", ("token",)],
            "inputs.token",
            id="in inputs_wo",
        ),
        pytest.param(
            configured({"rows": 1}, asset_connection={**NEW, "name": "long"}),
            ["asset_connection", "name"],
            "inputs.connection.attributes.name",
            id="in the connection",
        ),
        pytest.param(
            configured({"rows": 1}, credential_wo={"port": 11}),
            ["credential_wo", "port"],
            "inputs.credential.port",
            id="in the credential",
        ),
        pytest.param(
            configured({"rows": "1"}, inputs_wo={"rows": None, "token": None}),
            ["inputs", ("rows",)],
            "inputs.rows",
            id="beside null in inputs_wo",
        ),
        pytest.param(
            configured({"rows": 1}, inputs_wo={"row": None}),
            ["inputs_wo", ("row",)],
            "inputs.row",
            id="null without such an input",
        ),
        pytest.param(configured({}), ["inputs"], "inputs.rows: it is required", id="missing"),
        pytest.param(configured({"rows": 1, "row": 2}), ["inputs", ("row",)], "inputs.row", id="no such input"),
    ],
)
def test_a_finding_is_on_the_attribute_that_it_came_from(config: Any, path: Any, summary: str) -> None:
    """Inputs that the provider adds are not reported, whatever the contract declares."""
    (found,) = check(config)
    assert (path, True, True) == (found.path, found.is_error, found.summary.startswith(summary))


@pytest.mark.parametrize("inputs", [{"rows": 1}, {"rows": 1, "connection": None}])
def test_a_missing_connection_is_advised_as_the_attribute(inputs: Any) -> None:
    """It is easier to write."""
    (found,) = check(configured(inputs, asset_connection=None))
    assert found.detail.endswith("Write the connection as the asset_connection attribute of the workflow.")


def test_inputs_that_an_update_keeps_are_not_missing() -> None:
    """The workflow is read only if one is missing. If that fails, none is."""
    current, config = configured({}), configured({"token": "t"})
    assert [] == check(config, current, client=Workflows(stored_workflow({"rows": 1})))
    assert 1 == len(check(config, current, client=Workflows(stored_workflow({}))))
    away = Workflows()
    away.errors = [NoAnswer("no answer in time", **PATH)]
    assert [] == check(config, current, client=away)


def test_nothing_unknown_is_checked() -> None:
    """Neither a value nor the app."""
    assert [] == check(configured({"rows": Unknown}))
    assert [] == check(configured(Unknown))
    assert [] == check(configured({}, app_id=Unknown))


@pytest.mark.parametrize(
    ("error", "is_error", "summary"),
    [
        (NotFound("no contract", status=404, **PATH), True, "example-app has no input contract on this tenant"),
        (UnknownEntrypoint("no contract", status=400, **PATH), True, "example-app has no input contract for"),
        (NoAnswer("no answer in time", **PATH), False, "The inputs of example-app were not checked"),
    ],
)
def test_a_contract_that_cannot_be_read_is_one_finding(error: Any, is_error: bool, summary: str) -> None:
    """An error only if the service says that there is none."""
    (found,) = check(configured({}), contract=error)
    assert (is_error, True) == (found.is_error, found.summary.startswith(summary))


def test_a_plan_of_an_update_without_the_contract_says_what_the_apply_may_leave_out() -> None:
    """The plan of a create does not, because no inputs are stored."""
    error, says = NoAnswer("no answer in time", **PATH), "leaves out the inputs that were set outside Terraform"
    found = [check(configured({}), current, contract=error) for current in (None, configured({}))]
    assert [[False], [True]] == [[says in each.detail for each in findings] for findings in found]


def test_a_mistyped_app_is_an_error_with_the_similar_one() -> None:
    """The ids are those of the tenant's apps."""
    (found,) = check(configured({}, app_id="bigqury-miner"), contract=NotFound("no contract", status=404, **PATH))
    assert found.detail.startswith('Did you mean "bigquery-miner"? Either no app has this id')


@pytest.mark.parametrize("updates", [False, True], ids=["of the contract", "of the workflow"])
def test_an_error_of_the_setup_ends_the_plan(updates: bool) -> None:
    """The apply cannot succeed."""
    refused, client = Unauthorized("expired", status=401, **PATH), Workflows()
    client.errors = [refused]
    current, contract = (configured({}), CONTRACT) if updates else (None, refused)
    with pytest.raises(Unauthorized):
        check(configured({"token": "t"}), current, contract=contract, client=client)


OPEN = Contract({"type": "object", "properties": {"connection": {"type": "object"}, "rows": {"type": "integer"}}})


@pytest.mark.parametrize(
    ("workflow", "provider", "severities"),
    [
        (None, "near", [True, False]),
        (None, "allow", []),
        ("near", "allow", [True, False]),
        ("error", "near", [True, True]),
        ("warning", "near", [False, False]),
        ("allow", "error", []),
        (Unknown, "error", [False, False]),
    ],
)
def test_the_workflows_setting_decides_about_unknown_inputs(
    workflow: Any, provider: Any, severities: list[bool]
) -> None:
    """The setting of the provider applies if the workflow has none. An unknown setting makes warnings only."""
    config = configured({"row": 1, "zzz": 1}, unknown_inputs=workflow)
    assert severities == [each.is_error for each in check(config, contract=OPEN, unknown_inputs=provider)]


@pytest.mark.parametrize(
    ("app_id", "name"),
    [
        ("bigquery-crawler", "list_datasets_per_chunk"),
        ("bigquery-crawler", "include_filter"),
        ("example-app", "credential"),
        ("example-app", "connection_qualified_name"),
        ("example-app", "extraction_method"),
        ("example-app", "workflow_id"),
        ("example-app", "output_path"),
    ],
)
def test_inputs_that_the_app_or_the_service_takes_are_never_unknown(app_id: str, name: str) -> None:
    """An open contract does not have to declare them."""
    config = configured({name: "x"}, app_id=app_id, unknown_inputs="error", credential_guid="guid")
    assert [] == [each.summary for each in check(config, contract=OPEN) if "no such input" in each.summary]


def test_an_input_that_the_workflow_has_is_not_unknown() -> None:
    """The workflow is read only if an input is not accepted otherwise."""
    workflows = Workflows(stored_workflow({"row": 5}))
    current = configured({"rows": 1})
    assert [] == check(configured({"row": 1}), current, contract=OPEN, client=workflows)
    (unknown,) = check(configured({"rwos": 1}), current, contract=OPEN, client=workflows)
    assert unknown.is_error
    workflows.errors.append(AssertionError("the workflow was read"))
    assert [] == check(configured({"rows": 2}), current, contract=OPEN, client=workflows)


@pytest.mark.parametrize("fails", [True, False], ids=["read fails", "inputs hidden"])
def test_an_input_is_no_error_if_the_inputs_of_the_workflow_are_not_known(fails: bool) -> None:
    """State may know the input. If not, the workflow may have it, so a similar name is a warning."""
    workflows = Workflows(stored_workflow(None))
    if fails:
        workflows.errors.append(NoAnswer("no answer in time", **PATH))
    changed = configured({"row": 2, "zzz": 1})
    assert [] == check(changed, configured({"row": 1, "zzz": 1}), contract=OPEN, client=workflows)
    assert [False, False] == [each.is_error for each in check(changed, configured({}), contract=OPEN, client=workflows)]


def test_a_write_only_input_is_known_only_after_a_publish() -> None:
    """The plan that adds it checks it."""
    config = configured({}, inputs_wo={"rowss": 1})
    (unknown,) = check(config, configured({}), contract=OPEN, client=Workflows(stored_workflow({"rows": 1})))
    assert (["inputs_wo", ("rowss",)], True) == (unknown.path, unknown.is_error)


def test_a_key_in_an_object_that_the_workflow_has_is_not_unknown() -> None:
    """Also in an object of the tenant."""
    contract = Contract({"properties": {"connection": {}, "opts": {"properties": {"name": {}}}}})
    client = Workflows(stored_workflow({"opts": {"nam": 1}}))
    assert [] == check(configured({"opts": {"nam": 2}}), configured({}), contract=contract, client=client)
    (unknown,) = check(configured({"opts": {"naem2": 2}}), configured({}), contract=contract, client=client)
    assert "inputs.opts[key 1]: there is no such key; did you mean name?" == unknown.summary


@pytest.mark.parametrize(
    ("stored", "inputs", "expected"),
    [
        ({"rows": 1}, {"rows": 2}, ["inputs.connection: it is probably required, but missing"]),
        ({"connection": {"attributes": {}}}, {"rows": 2}, []),
        ({"connection": {"attributes": {}}}, {"connection": {}}, ["inputs.connection: it is probably required"]),
        (None, {"rows": 2}, []),
    ],
)
def test_an_update_without_a_connection_is_a_warning(stored: Any, inputs: Any, expected: list[str]) -> None:
    """A connection that the workflow keeps is enough. A credential is never missing, because the service keeps it."""
    app = {"app_id": "bigquery-crawler", "asset_connection": None}
    client = Workflows(stored_workflow(stored))
    found = check(configured(inputs, **app), configured({}, **app), contract=OPEN, client=client)
    assert [False] * len(expected) == [each.is_error for each in found]
    assert all(each.summary.startswith(text) for each, text in zip(found, expected, strict=True))


def test_an_attribute_among_the_inputs_is_named_as_such() -> None:
    """The name is in the schema of the resource, and the contract does not have it."""
    (found,) = check(configured({"credential_wo": {}}), contract=OPEN)
    assert found.detail.endswith(
        "credential_wo is an attribute of the workflow. Write it beside inputs, and not in it."
    )


def test_an_input_with_an_error_has_no_warning() -> None:
    """A filter of another form that the contract refuses, too."""
    contract = Contract({"properties": {"connection": {}, "include_filter": {"type": "string", "maxLength": 1}}})
    config = configured({"include_filter": '{"db": []}'}, app_id="bigquery-crawler", credential_guid="guid-1")
    assert [True] == [each.is_error for each in check(config, contract=contract)]


@pytest.mark.parametrize(
    "more",
    [
        {"credential_wo": {"auth_type": "basic"}},
        {"credential_guid": "guid"},
        {"asset_connection": {**CONNECTION, "qualified_name": "default/bigquery/1700000000"}},
        {"asset_connection": {**CONNECTION, "qualified_name": Unknown}},
        {"asset_connection": None, "inputs": {"connection": {"attributes": {}}}},
        {"inputs": {"extraction_method": "agent"}},
        {"inputs": {"extraction_method": Unknown}},
        {"inputs": {"credential_guid": "guid"}},
        {"adopt_existing": True},
        {"app_id": "bigquery-miner"},
        {"app_id": "example-app"},
    ],
)
def test_a_known_app_needs_a_credential_only_if_nothing_else_can_have_one(more: dict[str, Any]) -> None:
    """A workflow without any of these gets a warning that names the source."""
    attributes = {"app_id": "bigquery-crawler", "credential_wo": None, **more}
    assert [] == check(configured(**{"inputs": {}, **attributes}), contract=OPEN)
    (finding,) = check(configured({}, app_id="bigquery-crawler"), contract=OPEN)
    assert ("inputs.credential: it is probably required, but missing", False) == (finding.summary, finding.is_error)
    assert "release 11.6.0" in finding.detail


@pytest.mark.parametrize("attribute", ["inputs", "inputs_wo"])
def test_a_filter_that_the_app_cannot_read_is_a_warning_on_its_attribute(attribute: str) -> None:
    """It shows the place in the filter, unless the filter is write-only."""
    config = configured(
        app_id="bigquery-crawler", credential_guid="guid-1", **{attribute: {"include_filter": {"db": []}}}
    )
    (found,) = check(config, contract=Contract({}))
    assert ([attribute, ("include_filter",)], False) == (found.path, found.is_error)
    assert (attribute == "inputs") == ("inputs.include_filter[key 1]" in found.detail)


@pytest.mark.parametrize("app_id", ["no-such-app", "bigquery-miner", "snowflake-crawler", "atlan-dbt"])
def test_a_filter_of_an_app_whose_form_is_not_known_has_no_warning(app_id: str) -> None:
    """An unknown app, an app without a filter, and apps whose form the facts do not say."""
    config = configured({"include_filter": {"a": ["^b$"]}}, app_id=app_id, credential_guid="guid-1")
    contract = Contract({"properties": {"include_filter": {}}})
    assert [] == [each for each in check(config, contract=contract) if "in another form" in each.summary]
