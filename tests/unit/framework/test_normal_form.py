"""Text leaves for Terraform in Unicode normal form C."""

from typing import Any

import pytest

from provider.framework.protocol import codec

NFD, NFC = "n\u0303", "\u00f1"


@pytest.mark.parametrize(
    ("ty", "value", "expected"),
    [
        pytest.param("string", NFD, NFC, id="text"),
        pytest.param(["map", "string"], {NFD: NFD}, {NFC: NFC}, id="a map"),
        pytest.param(["list", "string"], [NFD], [NFC], id="a list"),
        pytest.param("dynamic", NFD, [b'"string"', NFC], id="a dynamic text"),
        pytest.param(
            "dynamic",
            {NFD: {NFD: NFD}},
            [codec._notation(["object", {NFC: ["object", {NFC: "string"}]}]), {NFC: {NFC: NFC}}],
            id="a dynamic object",
        ),
    ],
)
def test_keys_and_texts_are_sent_in_normal_form(ty: Any, value: Any, expected: Any) -> None:
    """Terraform normalizes the names of a type, and would not find a value under another form of its name."""
    assert expected == codec.encode(ty, value)


@pytest.mark.parametrize("ty", ["dynamic", ["map", "number"]])
def test_two_keys_that_are_one_in_terraform_are_an_error(ty: Any) -> None:
    """Neither value is chosen."""
    with pytest.raises(codec.EncodeError, match="two keys are equal"):
        codec.encode(ty, {NFD: 1, NFC: 2})
