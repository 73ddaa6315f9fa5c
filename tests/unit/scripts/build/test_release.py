"""The names of the release's files."""

from scripts.lib.build import release
from scripts.lib.shared import mirror

STEM = "terraform-provider-atlan_1.2.3"


def test_the_archive_is_named_by_the_platform() -> None:
    """Terraform and the registries require this name."""
    assert f"{STEM}_{mirror.system()}.zip" == release.archive_name("1.2.3")
