"""The SDK's 38 typed builders work with the sandbox, without any change to them."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.sandbox_service import RUNTIME_KEYS
from tests.support.vendor_sdk import AppSchedule, AtlanClient, accepts_sdk_warnings, apps, errors

pytestmark = accepts_sdk_warnings

# builder: the method that sets its usual credential, None for a builder without one
BUILDERS = {
    "Anaplan": "basic",
    "AtlanAlloydbPostgres": "basic",
    "AtlanAthena": "role",
    "AtlanCloudsqlPostgresCrawler": "iam_user",
    "AtlanDbt": "api",
    "AtlanDynamodb": "iam_user",
    "AtlanGlue": "iam",
    "AtlanKnowledgeCatalog": "basic",
    "AtlanMetabase": "basic",
    "AtlanMssql": "ntlm",
    "AtlanMysql": "basic",
    "AtlanPresto": "basic",
    "AtlanQuicksight": "iam",
    "AtlanRedash": "api_key",
    "AtlanSigma": "api_token",
    "AtlanStandardLineage": None,
    "AtlanTableau": "personal_access_token",
    "AtlanTrino": "basic",
    "BigqueryCrawler": "service_account",
    "BigqueryMiner": None,
    "CloudsqlPostgresMiner": None,
    "CsaUberAssetExportBasic": "s3",
    "DatabricksCrawler": "basic",
    "DatabricksMiner": None,
    "HiveCrawler": "kerberos",
    "KafkaApache": "scram",
    "KafkaConfluent": "basic",
    "MongodbAtlas": "basic",
    "OracleCrawler": "basic",
    "OracleMiner": None,
    "PostgresCrawler": "iam_role",
    "PostgresMiner": None,
    "PowerbiCrawler": "service_principal",
    "PowerbiMiner": None,
    "SnowflakeCrawler": "keypair",
    "SnowflakeMiner": None,
    "TeradataCrawler": "ldap",
    "TeradataMiner": None,
}
MINERS = [name for name in BUILDERS if name.endswith("Miner")]
# the SDK's own models change the values of these on an update
CHANGED_BY_SDK = {"miner_start_time_epoch", "temp_table_regex"}
NOT_COMPARED = {"connection", "credential", "credential_guid", "api_credential_guid"}


def _marker(name: str, field: str) -> str:
    return f"marker-of-{name}-{field}-end"


def _required_fields(name: str, method: str) -> list[str]:
    given = inspect.signature(getattr(getattr(apps, name), method)).parameters.values()
    return [spec.name for spec in given if spec.default is spec.empty and spec.kind is spec.KEYWORD_ONLY]


def _prepared(name: str, method: str | None, client: AtlanClient) -> Any:
    """Return a builder with a connection and, if it takes one, a credential whose required fields are markers."""
    builder = getattr(apps, name)(client)
    if method is not None:
        getattr(builder, method)(**{field: _marker(name, field) for field in _required_fields(name, method)})
    if name == "AtlanStandardLineage":
        builder.connections(["default/bigquery/1700000000"])
    return builder.connection(name=f"Connection of {name}", admin_users=["some-admin"])


def _without_nulls(inputs: dict[str, Any]) -> dict[str, Any]:
    """Return the inputs without the nulls that the SDK sends for inputs that were not set."""
    return {key: value for key, value in inputs.items() if value is not None}


def _args(client: AtlanClient, slug: str) -> dict[str, Any]:
    found = client.app.get(slug).dag["extract"]["inputs"]["args"]
    return _without_nulls({key: value for key, value in found.items() if key not in RUNTIME_KEYS})


def test_the_table_names_every_builder_of_the_sdk() -> None:
    """The table above contains every builder of the SDK."""
    found = {
        name
        for name, value in vars(apps).items()
        if inspect.isclass(value) and issubclass(value, apps.AppBuilder) and value is not apps.AppBuilder
    }
    assert found == set(BUILDERS)
    assert 38 == len(BUILDERS)


@BOTH_CONTRACTS
@pytest.mark.parametrize(("name", "method"), BUILDERS.items())
def test_a_builder_creates_what_it_previews(name: str, method: str | None, sdk: AtlanClient, sandbox: Sandbox) -> None:
    """The stored inputs equal the builder's preview, except for the credential, and no run starts."""
    builder = _prepared(name, method, sdk)
    previewed = {key: value for key, value in builder.preview().items() if key not in NOT_COMPARED}
    slug = builder.create(name=name).slug

    stored = sandbox.workflows()
    assert [(slug, name, builder._APP_ID, [])] == [
        (row["slug"], row["name"], row["app_id"], row["runs"]) for row in stored
    ]
    kept = {key: value for key, value in _without_nulls(stored[0]["inputs"]).items() if key not in NOT_COMPARED}
    assert previewed == kept
    assert "credential" not in stored[0]["inputs"]


@BOTH_CONTRACTS
@pytest.mark.parametrize(("name", "method"), BUILDERS.items())
def test_a_builder_loads_and_updates(name: str, method: str | None, sdk: AtlanClient) -> None:
    """A load and an update publish a higher version with the same inputs and the same credential."""
    slug = _prepared(name, method, sdk).create(name=name).slug
    before, version = _args(sdk, slug), sdk.app.get(slug).version

    updated = getattr(apps, name)(sdk).load(slug).update()

    assert updated.version > version
    after = _args(sdk, slug)
    compared = set(before) - CHANGED_BY_SDK - {"connection"}
    assert {key: before[key] for key in compared} == {key: after[key] for key in compared}


@BOTH_CONTRACTS
@pytest.mark.parametrize(("name", "method"), BUILDERS.items())
def test_a_builders_workflow_is_listed_and_archived(name: str, method: str | None, sdk: AtlanClient) -> None:
    """The list contains a new workflow under its name, until the workflow is archived."""
    slug = _prepared(name, method, sdk).create(name=name).slug
    assert [slug] == [row.slug for row in sdk.app.get_all(name=name).workflows]
    assert sdk.app.delete(slug).archived
    assert [] == sdk.app.get_all(name=name).workflows


@BOTH_CONTRACTS
@pytest.mark.parametrize(("name", "method"), [pair for pair in BUILDERS.items() if pair[1]])
def test_a_credential_is_stored_without_its_secrets(name: str, method: str, sdk: AtlanClient, sandbox: Sandbox) -> None:
    """The guid in a read is a credential's, and the files contain none of its values except user name and host."""
    slug = _prepared(name, method, sdk).create(name=name).slug
    field = "api_credential_guid" if name == "AtlanDbt" else "credential_guid"
    stored = sdk.credentials.get(_args(sdk, slug)[field])
    assert getattr(apps, name)._CONNECTOR_CONFIG == stored.connector_config_name

    markers = {_marker(name, asked) for asked in _required_fields(name, method)}
    secret = markers - {stored.username, stored.host}
    assert secret
    written = b"".join(path.read_bytes() for path in sandbox.database.parent.iterdir())
    assert [] == [marker for marker in secret if marker.encode() in written]


# builder: the method that takes the included assets as an object, and what it sends for {"a": ["b"]}
FILTERS = {
    "AtlanMssql": ("include_metadata", '{"^a$": ["^b$"]}'),
    "AtlanSigma": ("include_workbooks", '{"a": {"b": {}}}'),
    "AtlanTableau": ("include_projects", '{"a": {"b": {}}}'),
    "HiveCrawler": ("include_metadata", '{"^a$": ["^b$"]}'),
    "SnowflakeCrawler": ("include_metadata", {"a": ["b"]}),
    "TeradataCrawler": ("include_metadata", '{"^a$": ["^b$"]}'),
}


@BOTH_CONTRACTS
@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_that_a_builder_takes_is_accepted(name: str, sdk: AtlanClient, sandbox: Sandbox) -> None:
    """An object is sent as text, or as it is given."""
    method, sent = FILTERS[name]
    builder = _prepared(name, BUILDERS[name], sdk)
    getattr(builder, method)({"a": ["b"]}).create(name=name)
    assert sent == sandbox.workflows()[0]["inputs"]["include_filter"]


@BOTH_CONTRACTS
def test_an_agent_builder_creates_and_updates(sdk: AtlanClient, sandbox: Sandbox) -> None:
    """With agent extraction, neither the create nor the update sends a credential."""
    agent = {"agent-name": "example", "secret-manager": "awssecretsmanager"}
    builder = apps.BigqueryCrawler(sdk).agent(agent).connection(name="Agent", admin_users=["some-admin"])
    slug = builder.create(name="agent").slug
    assert agent == _args(sdk, slug)["agent_json"]
    apps.BigqueryCrawler(sdk).load(slug).agent(agent).update()
    assert "agent" == sandbox.workflows()[0]["inputs"]["extraction_method"]


@BOTH_CONTRACTS
def test_a_builder_runs_with_a_schedule(sdk: AtlanClient, sandbox: Sandbox) -> None:
    """The builder's `run` submits one run and attaches the schedule."""
    made = _prepared("SnowflakeCrawler", "keypair", sdk).run(
        name="scheduled", schedule=AppSchedule(cron="0 9 * * *", timezone="Europe/Berlin")
    )
    stored = sandbox.workflows()[0]
    assert [made.run_id] == [run["run_id"] for run in stored["runs"]]
    assert [{"trigger_id": made.schedule_trigger_id, "cron": "0 9 * * *", "timezone": "Europe/Berlin"}] == stored[
        "schedules"
    ]


@BOTH_CONTRACTS
def test_a_builder_references_a_connection_by_its_name_and_qualified_name(sdk: AtlanClient, sandbox: Sandbox) -> None:
    """A miner uses the crawler's connection with a credential, and the credential's record does not change."""
    slug = _prepared("BigqueryCrawler", "service_account", sdk).create(name="crawler").slug
    sandbox.set_run(sdk.app.submit(slug).run_id, "Succeeded")
    args = _args(sdk, slug)
    name, guid = args["connection"]["attributes"]["qualifiedName"], args["credential_guid"]
    miner = apps.BigqueryMiner(sdk).connection(name="Connection of BigqueryCrawler", qualified_name=name)
    miner.credential_guid(guid).create(name="miner")

    inputs = sandbox.workflows()[1]["inputs"]
    assert ("", guid) == (
        inputs["credential_guid"],
        inputs["connection"]["attributes"]["defaultCredentialGuid"],
    )
    assert "basic" == sdk.credentials.get(guid).auth_type


# the attributes that the SDK reads if a connection is given by its qualified name
STORED = {
    "category": "warehouse",
    "adminUsers": ["some-admin"],
    "adminGroups": ["some-group"],
    "adminRoles": ["some-role-guid"],
    "allowQuery": True,
    "rowLimit": 10000,
    "defaultCredentialGuid": "the-connections-own-credential",
}


def test_the_table_names_every_miner() -> None:
    """Eight builders are miners, by their name and by their entrypoint."""
    by_entrypoint = {name for name in BUILDERS if getattr(apps, name)._ENTRYPOINT == "miner"}
    assert 8 == len(MINERS)
    assert set(MINERS) == by_entrypoint


@BOTH_CONTRACTS
@pytest.mark.parametrize("name", MINERS)
def test_a_miner_needs_only_a_qualified_name(name: str, sdk: AtlanClient, sandbox: Sandbox) -> None:
    """The SDK reads the connection and sends all of it, with name and credential, and a run keeps both."""
    builder = getattr(apps, name)(sdk)
    qualified_name = f"default/{builder._CONNECTOR_NAME}/1700000000"
    stored = sandbox.make_connection(qualified_name, "As it is called", unasked="x", **STORED)

    slug = builder.connection(qualified_name=qualified_name).create(name=name).slug
    inputs = sandbox.workflows()[0]["inputs"]
    sent = {"qualifiedName": qualified_name, "connectorName": builder._CONNECTOR_NAME, "name": "As it is called"}
    assert {**sent, **STORED} == inputs["connection"]["attributes"]
    assert "" == inputs["credential_guid"]

    sandbox.set_run(sdk.app.submit(slug).run_id, "Succeeded")
    assert stored == sandbox.make_connection(qualified_name, "As it is called")


@BOTH_CONTRACTS
@pytest.mark.parametrize("name", MINERS)
def test_a_miner_of_an_unknown_connection_is_not_created(name: str, sdk: AtlanClient, sandbox: Sandbox) -> None:
    """The SDK raises its error for a connection that cannot be read, and nothing is published."""
    builder = getattr(apps, name)(sdk).connection(qualified_name="default/bigquery/1")
    with pytest.raises(errors.InvalidRequestError, match="default/bigquery/1"):
        builder.create(name=name)
    assert [] == sandbox.workflows()


@BOTH_CONTRACTS
def test_standard_lineage_changes_its_scope(sdk: AtlanClient) -> None:
    """The scope is sent as JSON text and read as a list. The update adds one connection to it."""
    slug = _prepared("AtlanStandardLineage", None, sdk).create(name="lineage").slug
    lineage = apps.AtlanStandardLineage(sdk)
    lineage.add_connections(slug, ["default/bigquery/1700000001"])
    assert ["default/bigquery/1700000000", "default/bigquery/1700000001"] == lineage.get_connections(slug)
