"""Build the provider for this platform into dist/, for the registries of Terraform and OpenTofu.

The files are terraform-provider-atlan_VERSION_OS_ARCH.zip, terraform-provider-atlan_VERSION_manifest.json, the
SHA256SUMS of both, and with a key its detached signature. Two builds of one commit have the same bytes on machines
with the same Python and the same system libraries.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import provider
from scripts.lib.build import archive, binary, release
from scripts.lib.shared.mirror import ROOT

DIST = ROOT / "dist"


def main(arguments: Sequence[str]) -> int:
    """Build, and return 0 if all files were written."""
    options = _options(arguments)
    try:
        written = _build(options)
    except (binary.BuildError, release.ReleaseError) as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    for path in written:
        print(f"{path.stat().st_size:>12,}  {_short(path)}")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/build", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--version",
        default=provider.__version__,
        type=_version,
        help="such as 1.2.3 (default: the version of the source)",
    )
    parser.add_argument(
        "--key", help="sign with this key of gpg's keyring; GPG_PASSPHRASE unlocks the key if it is set"
    )
    parser.add_argument("--collect", action="store_true", help="do not build: sum and sign the archives in the folder")
    parser.add_argument("--directory", type=Path, default=DIST, help="the folder for the files (default: dist)")
    return parser.parse_args(arguments)


def _version(text: str) -> str:
    if not release.VERSION.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text} is not a version such as 1.2.3 or 1.2.3-beta.1")
    return text


def _build(options: argparse.Namespace) -> list[Path]:
    directory = options.directory.absolute()
    directory.mkdir(parents=True, exist_ok=True)
    if not options.collect:
        with binary.built(options.version) as folder:
            archive.write(folder, directory / release.archive_name(options.version))
    return release.complete(directory, options.version, options.key)


def _short(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
