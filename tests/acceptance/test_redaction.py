"""A service that repeats a secret, however it encodes or cuts it: no message and no log contains it."""

import json
from collections.abc import Callable, Sequence

import pytest

from tests.acceptance.conftest import PROXIES, Proxied, Start
from tests.support.secret_encoders import ENCODERS

SECRETS = {
    "password": 'p4ss-"1"/one+\N{LATIN SMALL LETTER U WITH DIAERESIS}x',
    "extra": "\N{KEY}3xtra?two&three=<4>",
    "input": "1nput/of~the*w0rkfl0w",
    "sign_in": "s1gn-in_of:the+pr0vid3r",
}
CUTS: dict[str, Callable[[str], str]] = {
    "whole": str,
    "first": lambda secret: secret[:8],
    "last": lambda secret: secret[-8:],
}
AT_ONCE = 16
"""The number of encodings in one message. More would be truncated."""
VARIABLE = """
variable "secrets" {
  type      = map(string)
  ephemeral = true
}

provider "atlan" {
  max_retries = 1
  api_key     = var.secrets["sign_in"]
}
"""
CREDENTIAL = """
resource "atlan_credential" "it" {
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  password_wo           = var.secrets["password"]
  extra_wo              = { key = var.secrets["extra"] }
}
"""
WORKFLOW = """
resource "atlan_app" "it" {
  app_id           = "bigquery-crawler"
  name             = "it"
  asset_connection = { name = "analytics", admin_users = ["admin"] }
  inputs_wo        = { agent_json = { token = var.secrets["input"] } }
  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    password              = var.secrets["password"]
    extra                 = { key = var.secrets["extra"] }
  }
}
"""
RESOURCES = {
    "credential": (CREDENTIAL, "/credentials$", ("password", "extra", "sign_in")),
    "workflow": (WORKFLOW, "/v1/app$", ("password", "extra", "input", "sign_in")),
}


def repeated(names: tuple[str, ...], encoders: Sequence[str]) -> dict[str, str]:
    """Return each secret in each encoding, whole and cut, by a short label in the message."""
    return {
        f"{name[0]}{cut[0]}{index}": ENCODERS[encoder](CUTS[cut](SECRETS[name]))
        for name in names
        for cut in CUTS
        for index, encoder in enumerate(encoders)
    }


@pytest.mark.parametrize("route", ["direct", *PROXIES])
@pytest.mark.parametrize("resource", RESOURCES)
def test_no_encoded_or_cut_secret_is_shown(start: Start, proxied: Proxied, route: str, resource: str) -> None:
    """The error shows the label of each secret in the message, and nothing else of it. The log has nothing at all."""
    configuration, path, names = RESOURCES[resource]
    options = {"api_key": SECRETS["sign_in"]}
    sandbox, workspace = start(**options) if route == "direct" else proxied(route, **options)[:2]
    workspace.write(configuration + VARIABLE)
    log = workspace.directory.parent / "trace.log"
    del workspace.env["ATLAN_API_KEY"]
    secrets = json.dumps(SECRETS, ensure_ascii=False)
    workspace.env |= {"TF_VAR_secrets": secrets, "TF_LOG": "TRACE", "TF_LOG_PATH": str(log)}
    every = [*ENCODERS]
    for encoders in (every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE)):
        echo = repeated(names, encoders)
        message = "; ".join(f"{label}=<{text}>" for label, text in echo.items())
        sandbox.fault("POST", path, times=1, status=400, body={"message": message})
        result = workspace.apply().failed()
        assert [] == [label for label in echo if f"{label}=<***>" not in result.text]
        written = log.read_text()
        assert [] == [label for label, text in echo.items() if text in written]
