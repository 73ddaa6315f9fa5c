"""The encodings, compared with the examples of the standards and with a library's."""

import pytest

from provider.framework.server import der

INTEGERS = {
    0: "020100",
    1: "020101",
    127: "02017f",
    128: "02020080",
    255: "020200ff",
    256: "02020100",
    1 << 16: "0203010000",
}

IDENTIFIERS = {
    "2.5.4.3": "0603550403",
    "1.2.840.10045.2.1": "06072a8648ce3d0201",
    "1.3.6.1.5.5.7.3.1": "06082b06010505070301",
}

LENGTHS = {0: "0400", 127: "047f", 128: "048180", 255: "0481ff", 256: "04820100", 65536: "0483010000"}

MOMENTS = {
    0: b"\x17\x0d700101000000Z",
    1_795_867_696: b"\x17\x0d261128120816Z",
    2_524_607_999: b"\x17\x0d491231235959Z",
    2_524_608_000: b"\x18\x0f20500101000000Z",
}


@pytest.mark.parametrize("value", INTEGERS)
def test_an_integer_has_as_few_bytes_as_its_sign_allows(value: int) -> None:
    """A first bit that is set would mean a negative number."""
    assert INTEGERS[value] == der.integer(value).hex()


@pytest.mark.parametrize("dotted", IDENTIFIERS)
def test_an_object_identifier_is_in_base_128(dotted: str) -> None:
    """The first two numbers share a byte."""
    assert IDENTIFIERS[dotted] == der.object_identifier(dotted).hex()


@pytest.mark.parametrize("count", LENGTHS)
def test_a_length_has_as_few_bytes_as_possible(count: int) -> None:
    """From 128 on, the first byte is the number of the length's bytes."""
    assert bytes.fromhex(LENGTHS[count]) + b"x" * count == der.octet_string(b"x" * count)


@pytest.mark.parametrize("seconds", MOMENTS)
def test_a_moment_has_two_digits_of_the_year_until_2049(seconds: int) -> None:
    """From 2050 on it has four, in another type."""
    assert MOMENTS[seconds] == der.moment(seconds)


def test_a_pem_has_lines_of_64_characters() -> None:
    """The last line can be shorter."""
    lines = der.pem("X", bytes(range(100))).decode().split("\n")
    assert ["-----BEGIN X-----", 64, 64, 8, "-----END X-----", ""] == [
        each if each[:1] in "-" else len(each) for each in lines
    ]
