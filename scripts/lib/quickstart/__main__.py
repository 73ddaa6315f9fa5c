"""Show examples/quickstart from create to destroy: apply, outputs, a plan without changes, destroy."""

import argparse
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.lib.quickstart.steps import StepError, Steps, say
from scripts.lib.shared import cli, mirror, tenant
from scripts.lib.shared.mirror import ROOT
from scripts.lib.shared.tenant import Tenant, TenantError

EXAMPLE = ROOT / "examples" / "quickstart"


class LeftBehindError(StepError):
    """An object was created in the tenant of the user, and could not be removed."""


def main(arguments: Sequence[str]) -> int:
    """Run the quickstart. Return 0 if every step succeeded."""
    options = _options(arguments)
    try:
        program = cli.find()
        own = tenant.from_environment() if options.tenant else None
        _in_a_folder(program, own, keep=options.keep)
    except (cli.CliMissingError, TenantError, StepError) as error:
        print(f"\nquickstart: {error}", file=sys.stderr)
        return 1
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/quickstart", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="destroy nothing, and print the commands to continue")
    parser.add_argument(
        "--tenant", action="store_true", help="use ATLAN_BASE_URL and ATLAN_API_KEY instead of a sandbox"
    )
    return parser.parse_args(arguments)


def _in_a_folder(program: str, own: Tenant | None, *, keep: bool) -> None:
    """Run the quickstart in a temporary folder. Keep the folder if its state is still needed."""
    directory = Path(tempfile.mkdtemp(prefix="atlan-quickstart-"))
    try:
        _with_a_tenant(program, directory, own, keep=keep)
    except LeftBehindError:
        keep = True
        raise
    except TenantError:
        keep = False
        raise
    finally:
        if not keep:
            shutil.rmtree(directory, ignore_errors=True)


def _with_a_tenant(program: str, directory: Path, own: Tenant | None, *, keep: bool) -> None:
    installation = mirror.install(directory)
    configuration = directory / "configuration"
    shutil.copytree(EXAMPLE, configuration, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
    steps = Steps(program, configuration)
    if own is None:
        say("Starting a sandbox, a local tenant: atlan-sandbox")
    used = own or tenant.start_sandbox(directory)
    print(f"The tenant is {used.base_url}", flush=True)
    steps.environment = _environment(installation.cli_config, used)
    try:
        _life(steps, used, keep=keep)
    finally:
        if keep:
            _print_how_to_continue(steps, installation.cli_config, used)
        else:
            used.end()


def _environment(cli_config: Path, used: Tenant) -> dict[str, str]:
    """Return the environment of the steps. For the tenant of the user it contains the user's variables (TF_VAR_*)."""
    variables = {name: text for name, text in os.environ.items() if name.startswith("TF_VAR_")}
    return cli.environment(cli_config) | used.environment | ({} if used.sandbox else variables)


def _life(steps: Steps, used: Tenant, *, keep: bool) -> None:
    steps.run("Installing the provider", "init", quiet=True)
    try:
        steps.run("Creating the workflow and its schedule", "apply", "-auto-approve")
        steps.run("Showing the outputs", "output")
        changed = {2: "the configuration did not change, but there is something to do"}
        steps.run("Planning again: no changes", "plan", "-detailed-exitcode", meaning=changed)
    except StepError:
        if not keep and used.sandbox is None:
            steps.resume()
            _remove(steps, used)
        raise
    if not keep:
        _remove(steps, used)
        say(
            "Done: every step succeeded, and everything was removed. With --keep everything stays for further commands."
        )


def _remove(steps: Steps, used: Tenant) -> None:
    try:
        steps.run("Removing both", "destroy", "-auto-approve")
    except StepError as error:
        if used.sandbox is not None:
            raise
        raise LeftBehindError(f"{error}; the state of the remaining objects is in {steps.directory}") from error


def _print_how_to_continue(steps: Steps, cli_config: Path, used: Tenant) -> None:
    folder = steps.directory.parent
    settings = {"TF_CLI_CONFIG_FILE": str(cli_config)} | (used.environment if used.sandbox else {})
    print("\n>> Everything is kept. To continue, in any shell:\n")
    for name, value in settings.items():
        print(f"export {name}={shlex.quote(value)}")
    print(f"cd {shlex.quote(str(steps.directory))}\n{steps.name} plan")
    print("\nTo remove everything:\n")
    print(f"{steps.name} destroy")
    end = f"kill {used.sandbox.pid}; " if used.sandbox is not None else ""
    print(f"cd / && {end}rm -r {shlex.quote(str(folder))}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
