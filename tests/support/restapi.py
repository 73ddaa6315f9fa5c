"""The generic REST provider and its objects in state, for a user who manages workflows with that provider.

A toy provider replaces it: Terraform needs an installed provider with that address, and calls nothing of it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from scripts.lib.shared import cli, mirror
from tests.support.terraform import Workspace

ROOT = Path(__file__).parents[2]
ADDRESS = "registry.terraform.io/mastercard/restapi"
VERSION = "1.20.0"


def install(workspace: Workspace, directory: Path) -> None:
    """Install the toy provider beside the checkout's provider, from a mirror in `directory`."""
    directory.mkdir()
    installation = mirror.install(directory)
    for host in mirror.HOSTS:
        folder = installation.mirror / host / "mastercard" / "restapi" / VERSION / mirror.system()
        folder.mkdir(parents=True)
        program = folder / f"terraform-provider-restapi_v{VERSION}"
        program.write_text(f"#!/bin/sh\ncd '{ROOT}' && exec '{sys.executable}' -m tests.support.toy_provider\n")
        program.chmod(0o755)
    workspace.env |= {"TF_CLI_CONFIG_FILE": cli.environment(installation.cli_config)["TF_CLI_CONFIG_FILE"]}


def attributes(slug: str, body: Any, answer: Any, **changed: Any) -> dict[str, Any]:
    """Return the state of a `restapi_object` that created a workflow and read it. Null is what is not configured."""
    return {
        "api_data": {name: value if isinstance(value, str) else json.dumps(value) for name, value in answer.items()},
        "api_response": json.dumps(answer),
        "create_method": None,
        "create_response": json.dumps({"slug": slug, "version": answer.get("version"), "execution_mode": "native"}),
        "data": json.dumps(body),
        "debug": None,
        "destroy_path": None,
        "id": slug,
        "id_attribute": "slug",
        "object_id": None,
        "path": "/api/service/v1/app",
        "query_string": None,
        "read_path": None,
        "update_method": None,
        **changed,
    }


def imported(slug: str) -> dict[str, Any]:
    """Return the state of a `restapi_object` that was imported and not read."""
    return {"id": slug, "path": "/api/service/v1/app", "data": json.dumps({"id": slug})}


def put_into_state(workspace: Workspace, values: dict[str, Any], address: str = ADDRESS) -> None:
    """Write a state that contains only `restapi_object.crawler`, and install its provider."""
    instance = {"schema_version": 0, "attributes": values, "sensitive_attributes": [], "private": "bnVsbA=="}
    held = {
        "mode": "managed",
        "type": "restapi_object",
        "name": "crawler",
        "provider": f'provider["{address}"]',
        "instances": [instance],
    }
    state = {"version": 4, "serial": 1, "lineage": "00000000-0000-0000-0000-000000000001", "resources": [held]}
    workspace.write(json.dumps(state), "terraform.tfstate")
    workspace.init().ok()
