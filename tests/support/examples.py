"""The folder of the examples, and what a test needs to apply them."""

import json
import re
from typing import Any

from scripts.lib.shared import markdown
from scripts.lib.shared.mirror import ROOT
from tests.support.sandbox import Sandbox
from tests.support.ui import live

EXAMPLES = ROOT / "examples"
EXAMPLE_SLUGS = re.compile(r'"([a-z-]+)-AbC123"')
"""The slugs in the examples, which a test replaces by those of workflows that exist."""
KEY = json.dumps(
    {
        "type": "service_account",
        "client_email": "crawler@example.com",
        "private_key": "-----BEGIN PRIVATE KEY-----\nbWFkZSB1cA==\n-----END PRIVATE KEY-----\n",
    }
)
SECRETS = {
    **{f"TF_VAR_{name}": f"the first {name}" for name in ("dbt_token", "snowflake_password", "staging_api_key")},
    **{f"TF_VAR_{name}": KEY for name in ("bigquery_key", "service_account_json")},
}


def texts() -> dict[str, dict[str, str]]:
    """Return the files of each example by their names, and of the README's. Modules and imports are left out."""
    found: dict[str, dict[str, str]] = {"README.md": {"main.tf": markdown.example(ROOT / "README.md")}}
    for path in sorted(EXAMPLES.rglob("*.tf")):
        folder = path.parent.relative_to(EXAMPLES)
        if folder.parts[0] != "modules" and path.name != "import-by-string-id.tf":
            found.setdefault(folder.as_posix(), {})[path.name] = path.read_text(encoding="utf-8")
    return found


def remaining(sandbox: Sandbox) -> dict[str, Any]:
    """Return the schedules of each live workflow, and the names of the credentials that belong to no workflow."""
    credentials = [each["name"] for each in sandbox.credentials() if not each["archived"]]
    return {
        "schedules": {each["slug"]: each["schedules"] for each in live(sandbox)},
        "credentials": [name for name in credentials if not name.startswith("default-")],
    }
