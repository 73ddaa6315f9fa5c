"""Create, update and archive workflows: what changes, and what is kept."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.unit.sandbox.service import (
    APP,
    Service,
    body,
    inputs,
)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("BigQuery (prod)", "bigquery-prod"),
        ("  spaced  out  ", "spaced-out"),
        ("Zürich", "zurich"),
        ("日本語", "workflow"),
        ("x" * 300, "x" * 64),
    ],
)
def test_the_slug_is_made_from_the_name(service: Service, name: str, stem: str) -> None:
    """The server mints the slug: the name's letters and digits, and six more at random."""
    assert re.fullmatch(rf"{stem}-[A-Za-z0-9]{{6}}", service.slug(name))


def test_a_create_answers_with_what_it_made(service: Service) -> None:
    """A run unless it is declined, a trigger only if a schedule was given, the mode always."""
    given = {"schedule": {"cron": "0 9 * * *", "timezone": "UTC"}}
    full = service.call("POST", APP, body(**given)).json
    bare = service.create("Other").json
    assert {"slug", "version", "execution_mode", "run_id", "schedule_trigger_id"} == full.keys()
    assert {"slug", "version", "execution_mode"} == bare.keys()
    assert "native" == bare["execution_mode"]


def test_an_archived_workflow_is_gone_and_frees_its_name(service: Service) -> None:
    """After a delete the slug answers 404 in the service's form everywhere, and the name can be used again."""
    slug = service.slug()
    service.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"})
    assert {"slug": slug, "archived": True} == service.call("DELETE", f"{APP}/{slug}").json
    gone = [
        service.get(slug),
        service.put(slug),
        service.call("DELETE", f"{APP}/{slug}"),
        service.call("POST", f"{APP}/{slug}/submit"),
        service.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"}),
        service.call("DELETE", f"{APP}/{slug}/schedule/any"),
    ]
    assert [404] * 6 == [answer.status for answer in gone]
    assert all({"code", "message"} == answer.json.keys() for answer in gone)
    assert [] == service.page()["workflows"]
    stored = service.sandbox.workflows()[0]
    assert (True, []) == (stored["archived"], stored["schedules"])
    assert slug != service.slug()


def test_an_update_replaces_the_inputs_and_keeps_the_owner(service: Service) -> None:
    """A PUT is a full replace: what it leaves out is gone; the owner stays; the version rises."""
    slug = service.slug(inputs=inputs(hidden_datasets=True))
    before = service.get(slug).json
    answer = service.put(slug, enable_nested_columns=False)
    after = service.get(slug).json
    assert {"slug": slug, "version": after["version"]} == answer.json
    assert after["version"] > before["version"]
    assert (before["owner"], before["created_at"]) == (after["owner"], after["created_at"])
    assert "hidden_datasets" not in service.args(slug)
    assert service.args(slug)["enable_nested_columns"] is False


def test_an_update_cannot_rename(service: Service) -> None:
    """PUT takes inputs and entrypoint alone."""
    slug = service.slug()
    answer = service.call("PUT", f"{APP}/{slug}", {"inputs": inputs(), "name": "Other"})
    assert 400 == answer.status


@pytest.mark.parametrize("workers", [64])
def test_many_connections_at_once_are_all_served(service: Service, workers: int) -> None:
    """64 connections create at the same time: all are answered, and each name is given out once."""
    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(lambda number: service.create(f"Example {number // 2}"), range(workers)))
    assert [200] * 32 + [409] * 32 == sorted(answer.status for answer in answers)
    slugs = {answer.json["slug"] for answer in answers}
    assert slugs == {row["slug"] for row in service.sandbox.workflows()}
    assert 32 == len(slugs)
