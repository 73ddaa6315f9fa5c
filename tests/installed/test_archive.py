"""The content of the release."""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from scripts.lib.shared import mirror
from scripts.lib.shared.mirror import ROOT
from tests.support.machine import PROGRAM, VERSION

STEM = f"terraform-provider-atlan_{VERSION}"

LIBRARIES = {
    "annotated_types",
    "certifi",
    "cronsim",
    "cryptography",
    "google",
    "grpc",
    "idna",
    "jsonschema_rs",
    "msgpack",
    "psutil",
    "pydantic",
    "pydantic_core",
    "tf",
    "typing_extensions",
    "typing_inspection",
    "tzdata",
    "urllib3",
}
"""All that is bundled besides Python itself. Add a new library here if it must be bundled."""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="session")
def modules(unpacked: Path) -> set[str]:
    """The names of the modules in the program."""
    return set(CArchiveReader(str(unpacked / PROGRAM)).open_embedded_archive("PYZ.pyz").toc)


def test_the_files_have_the_names_that_the_registries_look_for(release: Path) -> None:
    """The release contains an archive for this platform, the manifest, and the sums of both."""
    archive, manifest = f"{STEM}_{mirror.system()}.zip", f"{STEM}_manifest.json"
    assert {archive, manifest, f"{STEM}_SHA256SUMS"} == {path.name for path in release.iterdir()}
    lines = {f"{digest(release / name)}  {name}" for name in (archive, manifest)}
    assert lines == set((release / f"{STEM}_SHA256SUMS").read_text().splitlines())
    told = json.loads((release / manifest).read_text())
    assert {"version": 1, "metadata": {"protocol_versions": ["6.0"]}} == told


def test_the_archive_holds_one_program_and_no_link(archive: Path) -> None:
    """Each entry is a plain file with a fixed time and mode, and the one program is at the top."""
    with zipfile.ZipFile(archive) as opened:
        entries = opened.infolist()
    modes = {0o100755 if entry.filename == PROGRAM else 0o100644 for entry in entries}
    assert modes == {entry.external_attr >> 16 for entry in entries}
    assert [PROGRAM] == [entry.filename for entry in entries if entry.external_attr >> 16 == 0o100755]
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in entries}
    assert sorted(entry.filename for entry in entries) == [entry.filename for entry in entries]
    assert {PROGRAM, "LICENSE", "THIRD-PARTY-LICENSES"} == {
        entry.filename for entry in entries if "/" not in entry.filename
    }


def test_only_what_the_provider_needs_is_bundled(modules: set[str]) -> None:
    """The modules contain no test, no sandbox, and no library that only development or the sandbox needs."""
    tops = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names
    assert LIBRARIES | {"provider"} == {name for name in tops if not name.startswith("_sysconfigdata")}
    assert [] == [name for name in modules if re.match(r"provider\.sandbox|tests|scripts", name)]
    assert set() == modules & {"unittest", "sqlite3", "tkinter", "pydoc", "doctest"}


def test_the_files_are_of_those_libraries(unpacked: Path) -> None:
    """The folders beside the program belong to the bundled libraries or to data of the package.

    No file belongs to tests or the sandbox.
    """
    folders = {path.name.partition("-")[0] for path in (unpacked / "_internal").iterdir() if path.is_dir()}
    assert folders <= LIBRARIES | {"provider", f"python3.{sys.version_info.minor}"}
    assert [] == [path for path in unpacked.rglob("*") if re.search(r"sandbox|pytest|pyatlan", path.name)]


def test_every_provider_module_is_bundled(modules: set[str]) -> None:
    """Each module of the package is bundled, except for those of the sandbox."""
    paths = [path.relative_to(ROOT) for path in (ROOT / "provider").rglob("*.py") if "sandbox" not in path.parts]
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths}
    assert names == {name for name in modules if name.partition(".")[0] == "provider"}


def test_what_is_read_as_a_file_is_there(unpacked: Path) -> None:
    """The certificates for HTTPS, the names of the timezones and the facts about known apps are bundled."""
    for path in ("certifi/cacert.pem", "tzdata/zones", "provider/model/known_apps.json"):
        assert Path(unpacked, "_internal", path).stat().st_size > 1000


def test_no_path_of_the_machine_is_in_the_program(unpacked: Path) -> None:
    """The code names its files relative to the package, wherever it was built."""
    embedded = CArchiveReader(str(unpacked / PROGRAM)).open_embedded_archive("PYZ.pyz")
    files = {
        embedded.extract(name).co_filename for name in ("provider.__main__", "grpc", "urllib3.connection", "tf.schema")
    }
    assert {"provider/__main__.py", "grpc/__init__.py", "urllib3/connection.py", "tf/schema.py"} == files
    assert str(ROOT).encode() not in (unpacked / PROGRAM).read_bytes()


def test_the_licenses_of_all_libraries_go_along(unpacked: Path) -> None:
    """Each bundled library and Python are listed with their licenses."""
    text = (unpacked / "THIRD-PARTY-LICENSES").read_text()
    headings = re.findall(r"={80}\n([\w.-]+) \S+\n={80}\n\n\S", text)
    assert {"python", "grpcio", "protobuf", "urllib3", "pydantic"} <= {heading.lower() for heading in headings}
    assert len(LIBRARIES) <= len(headings)


def test_the_program_says_its_version(unpacked: Path) -> None:
    """The program prints the version that the build was given."""
    told = subprocess.run([unpacked / PROGRAM, "--version"], env={}, capture_output=True, text=True, timeout=60)
    assert (0, f"terraform-provider-atlan {VERSION}\n") == (told.returncode, told.stdout)
