"""Make a state of thousands of resources without applying them.

Terraform writes its whole state for each resource that it creates, so an apply of thousands takes too long. Instead,
one resource is applied, its state is copied for each of the others, and a bare client creates their workflows. The
measured plan proves that the state is right: it has no changes and few requests.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from scripts.lib.benchmark.replay import CREATE, SandboxClient, payload
from scripts.lib.shared.tenant import Tenant

STATE: Final = "terraform.tfstate"

Words = tuple[str, ...]
"""The values that differ in the state of two apps: slug, name, version, the connection's qualified name."""


def clone(folder: Path, prefix: str, size: int, tenant: Tenant | None, parallelism: int) -> None:
    """Replace the one resource in the state of a folder by `size` resources.

    With a tenant, create a workflow for each of them there, with the same name.
    """
    path = folder / STATE
    state = json.loads(path.read_text())
    (resource,) = state["resources"]
    (first,) = resource["instances"]
    names = [f"{prefix}-{number:05d}" for number in range(size)]
    words_of = [(name,) for name in names] if tenant is None else list(_made(tenant, names, parallelism))
    resource["instances"] = [_as(first, words_of[0], words, number) for number, words in enumerate(words_of)]
    if "slugs" in state["outputs"]:
        state["outputs"]["slugs"] = {"value": [words[0] for words in words_of], "type": ["tuple", ["string"] * size]}
    state["serial"] += 1
    path.write_text(json.dumps(state))


def _made(tenant: Tenant, names: list[str], parallelism: int) -> Iterator[Words]:
    client = SandboxClient(tenant, parallelism)
    with ThreadPoolExecutor(parallelism) as threads:
        list(threads.map(lambda name: client.send("POST", CREATE, payload(name)), names[1:]))
    stored = {each["name"]: each for each in client.send("GET", "/_sandbox/workflows")}
    for name in names:
        app = stored[name]
        qualified_name = app["inputs"]["connection"]["attributes"]["qualifiedName"]
        yield app["slug"], name, str(app["version"]), qualified_name


def _as(instance: Mapping[str, Any], own: Words, others: Words, number: int) -> dict[str, Any]:
    """Return a copy of an instance in which the values of another app replace its own."""
    private = base64.b64decode(instance.get("private", "")).decode()
    text = json.dumps([instance, private])
    for word, other in zip(own, others, strict=True):
        text = text.replace(word, other)
    clone, private = json.loads(text)
    more = {"private": base64.b64encode(private.encode()).decode()} if private else {}
    return {**clone, "index_key": number, **more}
