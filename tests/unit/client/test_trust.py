"""The certificates that the client trusts, and their order."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import certifi
import pytest

from provider.client import trust
from provider.client.trust import UnreadableBundleError
from tests.support.certificate_authority import CertificateAuthority

VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture
def bundles(tmp_path: Path) -> dict[str, Path]:
    """A file with another certificate for each variable."""
    made = {}
    for name in VARIABLES:
        folder = tmp_path / name
        folder.mkdir()
        made[name] = CertificateAuthority(folder).bundle
    return made


def _loaded(context: ssl.SSLContext) -> set[bytes]:
    return set(context.get_ca_certs(binary_form=True))


def _in(*files: Path) -> set[bytes]:
    return {ssl.PEM_cert_to_DER_cert(file.read_text()) for file in files}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (VARIABLES, ["REQUESTS_CA_BUNDLE"]),
        (VARIABLES[1:], ["CURL_CA_BUNDLE"]),
        (VARIABLES[2:], ["SSL_CERT_FILE", "SSL_CERT_DIR"]),
        (["SSL_CERT_FILE"], ["SSL_CERT_FILE"]),
        (["SSL_CERT_DIR"], ["SSL_CERT_DIR"]),
    ],
)
def test_the_first_variable_that_is_set_counts(names: list[str], expected: list[str], bundles: dict[str, Path]) -> None:
    """Alone, except that SSL_CERT_FILE and SSL_CERT_DIR add to each other, as in Terraform itself."""
    context = trust.context({name: str(bundles[name]) for name in names})
    assert _in(*(bundles[name] for name in expected)) == _loaded(context)


def test_a_folder_counts_with_all_its_certificates(bundles: dict[str, Path], tmp_path: Path) -> None:
    """Their names do not matter, and other files are left out. SSL_CERT_DIR can be a list."""
    first, second = bundles["REQUESTS_CA_BUNDLE"], bundles["CURL_CA_BUNDLE"]
    (first.parent / "README").write_text("no certificate")
    assert _in(first) == _loaded(trust.context({"REQUESTS_CA_BUNDLE": str(first.parent)}))
    both = os.pathsep.join((str(first.parent), str(second.parent)))
    assert _in(first, second) == _loaded(trust.context({"SSL_CERT_DIR": both}))


def test_an_empty_variable_does_not_count(bundles: dict[str, Path]) -> None:
    """As if it were not set."""
    environment = {"REQUESTS_CA_BUNDLE": "", "SSL_CERT_FILE": str(bundles["SSL_CERT_FILE"])}
    assert _in(bundles["SSL_CERT_FILE"]) == _loaded(trust.context(environment))


def test_without_a_variable_the_system_decides_and_then_certifi(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter that finds no store of the system trusts the authorities of certifi."""
    missing = ssl.DefaultVerifyPaths(None, None, "", "", "", "")  # type: ignore[call-arg, arg-type]
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: missing)
    expected = ssl.create_default_context(cafile=certifi.where()).cert_store_stats()
    assert expected == trust.context({}).cert_store_stats()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(None, "which does not exist", id="missing"),
        pytest.param("no certificate", "which has no certificates that can be read", id="text"),
        pytest.param("", "which has no certificates that can be read", id="empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_variable(content: str | None, why: str, tmp_path: Path) -> None:
    """So the user knows what to correct."""
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(UnreadableBundleError, match=f"CURL_CA_BUNDLE names {file}, {why}"):
        trust.context({"CURL_CA_BUNDLE": str(file)})


def test_names_and_certificates_are_verified() -> None:
    """Old versions of TLS are refused."""
    context = trust.context({})
    assert (True, ssl.CERT_REQUIRED) == (context.check_hostname, context.verify_mode)
    assert ssl.TLSVersion.TLSv1_2 == context.minimum_version
