"""Write examples/modules, or check that it is up to date."""

import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.lib.modules import folders


def main(arguments: Sequence[str], folder: Path = folders.MODULES) -> int:
    """Write the modules. With ``--check`` write nothing, and return 1 if a file is out of date."""
    if list(arguments) not in ([], ["--check"]):
        print("modules: scripts/modules [--check]", file=sys.stderr)
        return 2
    found = folders.drift(folder) if arguments else folders.write(folder)
    for name in found:
        print(f"modules: examples/modules/{name} {'has drifted: run scripts/modules' if arguments else 'written'}")
    return 1 if arguments and found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
