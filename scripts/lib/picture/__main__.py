"""Draw a plan that catches a typo: the example of the README with a letter left out, against a sandbox."""

import io
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.text import Text

from scripts.lib.shared import cli, markdown, mirror, tenant
from scripts.lib.shared.mirror import ROOT

PICTURE = ROOT / "pictures" / "typo.svg"
SECONDS = 120.0
"""The longest time of a command."""

RIGHT, WRONG = "include_filter", "include_filtr"
VARIABLES = {"TF_VAR_bigquery_key": "no key"}
"""The variables of the example. A plan sends no secret."""

_COLUMNS = 104

# the format of rich without its fonts, which a browser would download
_FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>A plan that catches a typo</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, monospace; font-size: {char_height}px;
  line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; font-weight: bold; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class PictureError(Exception):
    """The picture cannot be drawn. The message is the reason."""


def main() -> int:
    """Draw the picture. Return 0 if it was written."""
    try:
        PICTURE.write_text(drawn(printed()), encoding="utf-8")
    except (cli.CliMissingError, tenant.TenantError, PictureError) as error:
        print(f"picture: {error}", file=sys.stderr)
        return 1
    print(f"picture: wrote {PICTURE.relative_to(ROOT)}")
    return 0


def configuration() -> str:
    """Return the example of the README with a typo."""
    text = markdown.example(ROOT / "README.md")
    if RIGHT not in text:
        raise PictureError(f"the README's first example has no {RIGHT}")
    return text.replace(RIGHT, WRONG)


def printed() -> str:
    """Return the output of the plan, with its colors."""
    with tempfile.TemporaryDirectory(prefix="atlan-picture-") as name:
        folder = Path(name)
        (folder / "main.tf").write_text(configuration())
        sandbox = tenant.start_sandbox(folder)
        try:
            environment = cli.environment(mirror.install(folder).cli_config) | sandbox.environment | VARIABLES
            _run(folder, environment, "init", code=0)
            output = _run(folder, environment, "plan", code=1)
        finally:
            sandbox.end()
    if f"did you mean {RIGHT}?" not in " ".join(output.replace("│", " ").split()):
        raise PictureError(f"the plan did not report {WRONG}:\n{output}")
    return output


def _run(folder: Path, environment: Mapping[str, str], command: str, code: int) -> str:
    ran = subprocess.run(
        [cli.find(), command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if ran.returncode != code:
        raise PictureError(f"{command} ended with {ran.returncode}:\n{ran.stdout}")
    return ran.stdout


def drawn(output: str) -> str:
    """Return the picture of a plan's output as SVG."""
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold green"), "terraform plan"))
    console.print(Text.from_ansi(output.strip("\n")))
    return console.export_svg(title="main.tf with a misspelled input", code_format=_FORMAT, unique_id="plan")


if __name__ == "__main__":
    sys.exit(main())
