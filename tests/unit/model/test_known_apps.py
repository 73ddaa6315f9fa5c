"""The apps that the provider knows without a tenant."""

import pytest

from provider.model.known_apps import KnownApp, connector_config_names, known_apps

FILTERS_BY_SHAPE = {
    "anchored": {
        "bigquery-crawler",
        "atlan-alloydb-postgres",
        "atlan-athena",
        "atlan-cloudsql-postgres",
        "atlan-mssql",
        "atlan-mysql",
        "atlan-presto",
        "atlan-trino",
        "hive-crawler",
        "oracle-crawler",
        "postgres-crawler",
        "teradata-crawler",
    },
    "nested": {"atlan-glue", "atlan-tableau", "powerbi-crawler", "atlan-quicksight", "atlan-sigma"},
    "lists": {"databricks-crawler"},
    "projects": {"atlan-dbt"},
    "as_given": {"snowflake-crawler"},
    "expression": {"Kafka-apache", "Kafka-confluent", "atlan-dynamodb"},
    "expressions": {"mongodbatlas-atlas"},
}


@pytest.mark.parametrize("shape", FILTERS_BY_SHAPE)
def test_each_app_with_a_filter_has_the_shape_of_its_filter(shape: str) -> None:
    """The apps of each shape are those of the service."""
    assert FILTERS_BY_SHAPE[shape] == {name for name, app in known_apps().items() if app.filter_shape == shape}


def test_every_app_with_a_filter_has_a_shape() -> None:
    """An app has a shape if and only if it has the input include_filter, shown or hidden."""
    with_filter = {name for name, app in known_apps().items() if "include_filter" in app.inputs}
    assert with_filter == {name for name, app in known_apps().items() if app.filter_shape}


def test_an_app_has_its_shown_and_hidden_inputs() -> None:
    """The inputs of an app contain those that the web UI hides."""
    app = known_apps()["databricks-crawler"]
    assert {"connection", "temp_table_regex", "include_filter", "enable_tag_sync"} <= app.inputs


def test_the_inputs_of_an_app_include_those_with_a_credential() -> None:
    """A contract need not declare them, and they are never misspelled inputs."""
    assert {"api_credential_guid", "object_store_credential_guid"} <= known_apps()["atlan-dbt"].inputs


@pytest.mark.parametrize(
    ("app_id", "credential_inputs", "needed_if"),
    [
        ("bigquery-crawler", {"credential_guid"}, {}),
        ("bigquery-miner", set(), {}),
        ("atlan-dbt", {"api_credential_guid"}, {"extraction_type": "api"}),
        ("csa-uber-asset-export-basic", {"credential_guid"}, {"delivery_type": "CLOUD"}),
    ],
)
def test_an_app_says_which_credential_it_needs(
    app_id: str, credential_inputs: set[str], needed_if: dict[str, str]
) -> None:
    """The inputs that contain a credential, and the inputs on which the need for one depends."""
    app: KnownApp = known_apps()[app_id]
    assert (credential_inputs, needed_if) == (app.credential_inputs, app.credential_needed_if)


def test_the_configurations_of_connectors_are_those_of_the_ways_to_sign_in() -> None:
    """An app can have several, and an app without a way to sign in has none."""
    names = {app_id: app.connector_config_names for app_id, app in known_apps().items()}
    assert {"atlan-connectors-dbt", "atlan-connectors-dbt-objectstore"} == names["atlan-dbt"]
    assert frozenset() == names["bigquery-miner"]
    assert 30 == len(connector_config_names())
