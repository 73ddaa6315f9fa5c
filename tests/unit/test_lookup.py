"""The import blocks that an error shows."""

from __future__ import annotations

import pytest

from provider import lookup

QUOTED = {
    "a-1": '"a-1"',
    'a"b': r'"a\"b"',
    "a\\b": r'"a\\b"',
    "a\nb": r'"a\nb"',
    "${a}": '"$${a}"',
    "%{a}": '"%%{a}"',
    "grün": '"grün"',
}


@pytest.mark.parametrize("text", QUOTED)
def test_an_id_in_an_import_block_is_a_literal(text: str) -> None:
    """Nothing in an id is a part of the configuration."""
    block = f"import {{\n  to = atlan_app.this\n  id = {QUOTED[text]}\n}}"
    assert f'{block}\n\nThe address after "to" must be the address of this resource.' == lookup.import_blocks(
        "atlan_app.this", text
    )


def test_the_label_comes_from_the_name() -> None:
    """The protocol does not send the address."""
    assert "  to = atlan_app.bigquery_prod\n" in lookup.app_import_blocks("BigQuery: prod!", "a-1")
    assert "  to = atlan_app.app_1\n" in lookup.app_import_blocks("1", "a-1")
