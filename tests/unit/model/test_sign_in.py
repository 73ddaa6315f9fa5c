"""The ways to sign in, and the forms of their values."""

import pytest

from provider.model.sign_in import sign_ins


@pytest.mark.parametrize(
    ("way", "password", "host", "required"),
    [
        (("atlan-connectors-bigquery", "basic"), "service account", "URL", {"project_id"}),
        (("atlan-connectors-snowflake", "keypair"), "private key", "host name", set()),
        (("atlan-connectors-snowflake", "basic"), None, "host name", set()),
        (("atlan-connectors-postgres", "basic"), None, "host name", {"database"}),
        (("atlan-connectors-powerbi", "basic"), None, "host name", {"tenantId", "clientId", "clientSecret"}),
        (("atlan-connectors-tableau", "basic"), None, None, {"protocol"}),
        (("atlan-connectors-glue", "role"), None, None, {"region"}),
    ],
)
def test_a_way_has_its_required_keys_and_forms(
    way: tuple[str, str], password: str | None, host: str | None, required: set[str]
) -> None:
    """The form is that which the names and defaults of the vendor's SDK say."""
    found = sign_ins()[way]
    assert (password, host, required) == (found.password, found.host, found.required)


def test_the_form_of_a_key_of_extra_is_that_of_its_parameter() -> None:
    """A key without a known form is known, too."""
    extra = sign_ins()["atlan-connectors-dbt-objectstore", "gcp"].extra
    assert ("service account", None) == (extra["service_account_json"], extra["bucket"])
    assert "certificate" == sign_ins()["atlan-connectors-anaplan", "ca_cert"].extra["CaCertificate"]
