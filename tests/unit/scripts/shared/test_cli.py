"""Find the CLI, and make its environment."""

from pathlib import Path

import pytest

from scripts.lib.shared import cli


def program(directory: Path, name: str) -> str:
    """Make an executable file, and return its path."""
    directory.mkdir(exist_ok=True)
    path = directory / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_terraform_is_preferred_to_tofu(tmp_path: Path) -> None:
    """With both on PATH, terraform is used."""
    program(tmp_path, "tofu")
    terraform = program(tmp_path, "terraform")
    assert terraform == cli.find({"PATH": str(tmp_path)})


def test_tofu_is_used_if_terraform_is_missing(tmp_path: Path) -> None:
    """With only tofu on PATH, tofu is used."""
    tofu = program(tmp_path, "tofu")
    assert tofu == cli.find({"PATH": str(tmp_path)})


def test_a_named_cli_comes_first(tmp_path: Path) -> None:
    """TF_CLI_PATH takes precedence over PATH."""
    program(tmp_path / "path", "terraform")
    named = program(tmp_path, "other")
    assert named == cli.find({"PATH": str(tmp_path / "path"), "TF_CLI_PATH": named})


def test_a_named_cli_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """A wrong TF_CLI_PATH is an error, even with a CLI on PATH."""
    program(tmp_path, "terraform")
    with pytest.raises(cli.CliMissingError, match="TF_CLI_PATH names /missing/tofu"):
        cli.find({"PATH": str(tmp_path), "TF_CLI_PATH": "/missing/tofu"})


def test_no_cli_is_one_line_that_says_what_to_install(tmp_path: Path) -> None:
    """Without both, the error is one line with both names."""
    with pytest.raises(cli.CliMissingError, match=r"install Terraform .* or OpenTofu") as raised:
        cli.find({"PATH": str(tmp_path)})
    assert "\n" not in str(raised.value)


def test_the_environment_holds_no_setting_of_the_person(tmp_path: Path) -> None:
    """The variables of Terraform and of the provider are removed, all others stay."""
    base = {"TF_LOG": "TRACE", "TF_CLI_CONFIG_FILE": "/missing", "ATLAN_API_KEY": "made-up", "LANG": "C"}
    expected = {
        "LANG": "C",
        "TF_CLI_CONFIG_FILE": str(tmp_path / "cli.tfrc"),
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "CHECKPOINT_DISABLE": "1",
    }
    assert expected == cli.environment(tmp_path / "cli.tfrc", base)
