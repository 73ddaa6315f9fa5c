"""The values of `connectorConfigName` that the tenant knows: those of its apps.

Source: the typed builders of the vendor's SDK, release 11.6.0.
"""

REGISTERED_NAMES = frozenset(
    [
        "atlan-connectors-alloydb-postgres",
        "atlan-connectors-anaplan",
        "atlan-connectors-apache-kafka",
        "atlan-connectors-athena",
        "atlan-connectors-bigquery",
        "atlan-connectors-cloudsql-postgres",
        "atlan-connectors-databricks",
        "atlan-connectors-dataplex",
        "atlan-connectors-dbt",
        "atlan-connectors-dbt-objectstore",
        "atlan-connectors-dynamodb",
        "atlan-connectors-glue",
        "atlan-connectors-hive",
        "atlan-connectors-kafka-confluent-cloud",
        "atlan-connectors-metabase",
        "atlan-connectors-mongodb",
        "atlan-connectors-mssql",
        "atlan-connectors-mysql",
        "atlan-connectors-oracle",
        "atlan-connectors-postgres",
        "atlan-connectors-powerbi",
        "atlan-connectors-presto",
        "atlan-connectors-quicksight",
        "atlan-connectors-redash",
        "atlan-connectors-sigma",
        "atlan-connectors-snowflake",
        "atlan-connectors-tableau",
        "atlan-connectors-teradata",
        "atlan-connectors-trino",
        "csa-connectors-objectstore",
    ]
)
