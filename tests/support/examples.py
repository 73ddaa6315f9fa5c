"""The folder of the examples, and what a test needs to apply them."""

import re
from typing import Any

from scripts.lib.shared.mirror import ROOT
from tests.support.sandbox import Sandbox
from tests.support.ui import live

EXAMPLES = ROOT / "examples"
EXAMPLE_SLUGS = re.compile(r'"([a-z-]+)-AbC123"')
"""The slugs in the examples, which a test replaces by those of workflows that exist."""
SECRETS = {"TF_VAR_snowflake_password": "a-password", "TF_VAR_dbt_token": "a-token"}


def remaining(sandbox: Sandbox) -> dict[str, Any]:
    """Return the schedules of each live workflow, and the names of the credentials that belong to no workflow."""
    credentials = [each["name"] for each in sandbox.credentials() if not each["archived"]]
    return {
        "schedules": {each["slug"]: each["schedules"] for each in live(sandbox)},
        "credentials": [name for name in credentials if not name.startswith("default-")],
    }
