"""The provider block: the OAuth client."""

from tests.acceptance.conftest import Start
from tests.support.configurations import app


def test_an_oauth_client_signs_in_instead_of_a_key(start: Start) -> None:
    """The id is in the block, the secret in the environment, and a process requests a token once."""
    _, workspace = start('provider "atlan" {\n  oauth_client_id = "terraform"\n}\n' + app())
    workspace.env = {**workspace.env, "ATLAN_OAUTH_CLIENT_SECRET": workspace.env.pop("ATLAN_API_KEY")}
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert "service-account-terraform" == workspace.values("atlan_app.crawler")["owner"]


def test_a_refused_oauth_client_is_named_as_such(start: Start) -> None:
    """The error names the OAuth client, and does not contain its secret."""
    _, workspace = start('provider "atlan" {\n  oauth_client_id = "terraform"\n}\n' + app())
    workspace.env = {**workspace.env, "ATLAN_OAUTH_CLIENT_SECRET": "wrong-secret-1234567"}
    assert "wrong-secret-1234567" not in workspace.apply().failed("The OAuth client was refused").output
