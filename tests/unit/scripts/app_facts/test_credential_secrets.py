"""The decision on each parameter of a credential: secret or not, over all ways to sign in."""

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.credentials import Way, ways

WAYS = tuple(way for app in apps.load() for way in ways(app))
NAMES = {parameter.name for way in WAYS for parameter in way.parameters}

# Every parameter that signs in or can contain such a value. Any other parameter is an id, an address, a public
# certificate or a setting. A new name must be added to one of the two sets.
SECRET = {
    "aad_principal_secret",
    "atlan_oauth_secret",
    "client_key_file",
    "client_key_passphrase",
    "client_secret",
    # the id of a pair, but Confluent's own provider treats it as sensitive
    "cloud_api_key",
    "cloud_api_secret",
    # a URL that can contain a user and a password
    "connection_string",
    # the key file of a service account, unlike `service_account_email`
    "gcp_service_account",
    "jwt_token",
    "key_password",
    "keytab_file",
    # certificate and key in one: no other parameter takes the key that `key_password` opens
    "mtls_cert",
    # contains the keys, and some kinds open without a password
    "oracle_wallet",
    "password",
    "private_key",
    "private_key_password",
    "schema_registry_password",
    "service_account_json",
    # a driver's URL or its arguments: both can contain a password
    "sqlalchemy_url",
    "wallet_password",
}
SHOWN = {
    "aad_principal_id",
    "account_name",
    "accountid",
    "adls_container",
    "admin_api",
    "admin_api_summary",
    "atlan_oauth_id",
    "authenticator",
    "authsource",
    "aws_external_id",
    "aws_region",
    "aws_role_arn",
    "azure_tenant_id",
    "bucket",
    "ca_cert_file",
    "ca_certificate",
    "client_cert_file",
    "client_id",
    "cluster_id",
    "connectivity",
    "database",
    "database_name",
    "default_database",
    "default_schema",
    "default_site",
    "disable_ssl_verification",
    "domain",
    "email",
    "enable_cloud_api",
    "enable_ssl",
    "enable_tls_https",
    "endpoint_url",
    "gcs_bucket",
    "host",
    "http_path",
    "include_cloud_metrics",
    "include_schema_registry",
    "ip_type",
    "kerberos_type",
    "krb5_conf_file",
    "name",
    "native_host",
    "network_connectivity",
    "oauth_scope",
    "object_store_access_type",
    "port",
    "prefix",
    "principal",
    # the id of the key that `private_key` is
    "private_id",
    "project_id",
    "protocol",
    "psc_host",
    "rds_port",
    "region",
    "role",
    "s3_bucket",
    "s3_output_location",
    "sasl_mechanism",
    "schema_registry_host",
    "schema_registry_username",
    "security_protocol",
    "self_signed_ssl_certificate",
    "service_account_email",
    "service_name",
    "session_name",
    "sid",
    "ssl",
    "storage_account_name",
    "tenant_id",
    # a user, or an id: an AWS access key id, a client id, an API key that is nothing without its secret
    "username",
    "username_2",
    "warehouse",
    "wif_pool_provider_id",
    "workgroup",
}

each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.label)


@each_way
def test_secrets_are_marked_as_decided(way: Way) -> None:
    """The secret parameters are the names in `SECRET`."""
    assert SECRET & {each.name for each in way.parameters} == way.secrets


def test_every_parameter_is_decided() -> None:
    """Each name is in one of the two sets, and no name is in both."""
    assert NAMES == SECRET | SHOWN
    assert set() == SECRET & SHOWN


@each_way
def test_no_user_is_a_secret_and_every_password_is(way: Way) -> None:
    """State contains the user, but never the password."""
    assert way.username_from not in way.secrets
    assert way.password_from is None or way.password_from in way.secrets
