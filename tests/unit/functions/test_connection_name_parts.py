"""``provider::atlan::connection_name_parts``."""

import pytest

from provider.framework import ArgumentError
from provider.functions.connection_name_parts import ConnectionNameParts
from tests.support.function_calls import call


@pytest.mark.parametrize(
    ("qualified_name", "connector_name", "epoch"),
    [
        ("default/snowflake/1735689600", "snowflake", 1735689600),
        ("default/alloydb-postgres/1", "alloydb-postgres", 1),
    ],
)
def test_a_qualified_name_is_split(qualified_name: str, connector_name: str, epoch: int) -> None:
    """The connector is its second segment, the epoch its third."""
    assert {"connector_name": connector_name, "epoch": epoch} == call(ConnectionNameParts, qualified_name)


@pytest.mark.parametrize(
    "qualified_name",
    [
        "",
        "snowflake",
        "default/snowflake",
        "default/snowflake/",
        "default//1735689600",
        "default/snowflake/production",
        "default/snowflake/-1",
        "default/snowflake/\N{ARABIC-INDIC DIGIT ONE}",
        "default/snowflake/1735689600\n",
        "default/snowflake/1735689600/DB/SCHEMA",
        "other/snowflake/1735689600",
    ],
)
def test_a_text_that_is_not_the_qualified_name_of_a_connection_is_refused(qualified_name: str) -> None:
    """The error contains the argument's position and the form, but never the value."""
    with pytest.raises(ArgumentError, match="has the form default/connector/number") as raised:
        call(ConnectionNameParts, qualified_name)
    assert 0 == raised.value.argument
