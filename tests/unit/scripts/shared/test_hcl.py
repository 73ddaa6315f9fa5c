"""Python values as HCL."""

import json
from pathlib import Path

import pytest

from scripts.lib.shared import hcl
from scripts.lib.shared.hcl import Anchored, JsonText
from tests.support.terraform import Workspace

STRINGS = {
    "empty": "",
    "quotes and backslashes": 'a "quoted" \\ b\\n',
    "an interpolation": "${path.module}",
    "a directive": "%{ if true }",
    "an escaped interpolation": "$${a} $$${b} %%{c}",
    "signs alone": "$ % $a %b {} $ {",
    "line ends and tabs": "a\nb\r\nc\t",
    "control characters": "\x01\x1b\x7f\u200b\u2028",
    "non-ASCII": "größe — 数据 🚀 é",
    "JSON text": '{"^a.b$": ["\\\\d+", "${x}"]}',
}


def test_values_mean_in_hcl_what_they_meant_in_python(tmp_path: Path) -> None:
    """The CLI returns the same strings, keys, numbers, nested and empty values."""
    given = {
        "strings": STRINGS,
        "keys": {text: name for name, text in STRINGS.items()} | {"for": 1, "null": 2, "a-b": 3, "1a": 4},
        "numbers": [0, -1, 2**53, 2**70, 0.1, -2.5e-7],
        "nested": [[], {}, [{}], [{"a": [None, True, [1, "b"]]}, "c"], {"d": {"e": {}}}],
    }
    workspace = Workspace(tmp_path)
    written = "\n".join(hcl.block(f'output "{name}"', {"value": value}) for name, value in given.items())
    workspace.write(written)
    workspace.run("fmt", "-check", "-diff").ok()
    workspace.write(written + "\n" + hcl.block('output "text"', {"value": JsonText(given)}))
    workspace.init().ok()
    workspace.apply().ok()
    outputs = workspace.outputs()
    assert given == json.loads(outputs.pop("text"))
    assert given == outputs


def test_a_filter_of_names_is_a_call_of_the_function() -> None:
    """The names stay plain, and JSON text can contain the call."""
    written = hcl.value(JsonText(Anchored({"a": ["b"]})))
    assert 'jsonencode(provider::atlan::anchored_filter({\n  a = ["b"]\n}))' == written


@pytest.mark.parametrize("value", [object(), float("nan"), float("inf"), b"a"], ids=["object", "nan", "inf", "bytes"])
def test_a_value_without_a_literal_is_refused(value: object) -> None:
    """A value without an HCL literal is a TypeError that names the type."""
    with pytest.raises(TypeError, match="HCL has no literal"):
        hcl.value({"a": value})
