"""The folders examples/modules/<app>/ and their files."""

from pathlib import Path
from typing import Final

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.modules import readme, resources, trial, variables
from scripts.lib.shared.mirror import ROOT

MODULES: Final = ROOT / "examples" / "modules"


def files(app: App) -> dict[str, str]:
    """Return the files of one app's module, by their path in its folder."""
    written = {
        "versions.tf": resources.VERSIONS,
        "variables.tf": variables.write(app),
        "main.tf": resources.write(app),
        "outputs.tf": resources.outputs(),
        "README.md": readme.write(app),
        f"tests/{app.app_id}.tftest.hcl": trial.write(app),
        "tests/crawler/main.tf": trial.crawler(app),
    }
    return {name: text for name, text in written.items() if text is not None}


def all_files() -> dict[str, str]:
    """Return the files of all modules and their index, by their path in `MODULES`."""
    known = apps.load()
    found = {f"{app.app_id}/{name}": text for app in known for name, text in files(app).items()}
    return {"README.md": readme.index(known), **found}


def write(folder: Path = MODULES) -> list[str]:
    """Write the files that are out of date, remove files that belong to no module, and return the paths of both."""
    drifted = drift(folder)
    written = all_files()
    for name in drifted:
        path = folder / name
        if name in written:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written[name], encoding="utf-8")
        else:
            path.unlink()
    return drifted


def drift(folder: Path = MODULES) -> list[str]:
    """Return the paths of the files that are changed, missing, or belong to no module."""
    written = all_files()
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and not _of_the_cli(path)}
    changed = {name for name, text in written.items() if name in found and _read(folder / name) != text}
    return sorted(changed | (written.keys() ^ found))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _of_the_cli(path: Path) -> bool:
    """Return True for the folder, the lock file and the state that the CLI writes when a user tries a module."""
    return ".terraform" in path.parts or path.name.startswith((".terraform", "terraform.tfstate"))
