"""JSON: the number of values in one text is limited."""

import json

import pytest

from provider.client import json_codec
from provider.client.json_codec import TooManyValuesError, parse_json


@pytest.mark.parametrize("text", ["[1,2,3]", '["a,[{", "\\",", 3]', '{"a": {"b": {"c": 1}}}', '"[[[[[["'])
def test_as_many_values_as_the_limit_are_parsed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Characters inside texts do not count."""
    monkeypatch.setattr(json_codec, "MOST_VALUES", 4)
    assert json.loads(text) == parse_json(text) == parse_json(text.encode())


@pytest.mark.parametrize("text", ["[1,2,3,4]", '{"a": {"b": {"c": {}}}}', "[[[[]]]]", '["a", "b", "c", "d"]'])
def test_more_values_are_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before they use memory."""
    monkeypatch.setattr(json_codec, "MOST_VALUES", 4)
    with pytest.raises(TooManyValuesError, match="it contains more than 4 values"):
        parse_json(text)
