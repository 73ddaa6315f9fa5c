"""The certificate, read by cryptography and by the TLS library of Python."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from provider.framework.server import certificate


def read(issued: certificate.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(issued.certificate_der)


def test_it_is_signed_by_its_own_key() -> None:
    """The key in it is the private key's, on P-256, and its signature is by that key."""
    issued = certificate.issue()
    key = load_pem_private_key(issued.key_pem, None)
    read(issued).verify_directly_issued_by(read(issued))
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert isinstance(key.curve, ec.SECP256R1)
    assert read(issued).public_key() == key.public_key()


def test_pem_and_der_are_one_certificate() -> None:
    """The PEM is the DER, as cryptography would write it."""
    issued = certificate.issue()
    assert read(issued).public_bytes(Encoding.PEM) == issued.certificate_pem


def test_it_is_for_localhost() -> None:
    """Subject, issuer and alternative name are localhost, and it is for a server that signs itself."""
    found = read(certificate.issue())
    extensions = {type(each.value): each for each in found.extensions}
    localhost = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    assert (localhost, localhost) == (found.subject, found.issuer)
    assert x509.SubjectAlternativeName([x509.DNSName("localhost")]) == extensions[x509.SubjectAlternativeName].value
    assert x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]) == extensions[x509.ExtendedKeyUsage].value
    assert x509.BasicConstraints(ca=True, path_length=None) == extensions[x509.BasicConstraints].value
    assert [x509.BasicConstraints] == [kind for kind, each in extensions.items() if each.critical]


def test_a_clients_is_of_no_use_to_a_server() -> None:
    """It says so, and nothing else in it differs."""
    found = read(certificate.issue(for_client=True))
    usage = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [ExtendedKeyUsageOID.CLIENT_AUTH] == list(usage)
    assert len(read(certificate.issue()).extensions) == len(found.extensions)


def test_an_encrypted_key_opens_with_its_password_alone() -> None:
    """It is the same key, and no other password gives it."""
    issued = certificate.issue()
    encrypted = issued.encrypted_key("right")
    assert read(issued).public_key() == load_pem_private_key(encrypted, b"right").public_key()
    with pytest.raises(ValueError, match=r"password|Could not deserialize"):
        load_pem_private_key(encrypted, b"wrong")


def test_no_two_are_alike() -> None:
    """Each has a different key and serial number, and the number is positive."""
    found = [read(certificate.issue()) for _ in range(20)]
    assert len({each.serial_number for each in found}) == 20
    assert len({each.public_key().public_numbers() for each in found}) == 20  # type: ignore[union-attr]
    assert all(each.serial_number > 0 for each in found)


def test_it_is_valid_from_just_before_now_for_a_month() -> None:
    """Five minutes of a clock that is behind are allowed for."""
    before = datetime.now(UTC).replace(microsecond=0)
    found = read(certificate.issue())
    after = datetime.now(UTC)
    assert before - timedelta(minutes=5) <= found.not_valid_before_utc <= after - timedelta(minutes=5)
    assert timedelta(days=30, minutes=5) == found.not_valid_after_utc - found.not_valid_before_utc
