"""The registry's pages: complete, up to date, and true to the code that they are about."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provider import settings
from provider.client.statuses import TERMINAL_STATUSES
from scripts.documentation import __main__ as docs
from scripts.documentation.pages import EXAMPLES, REGISTRY, pages
from scripts.documentation.schemas import everything, walk
from scripts.support.mirror import ROOT

PAGES = pages()
TOLD = everything()
BLOCKS = [TOLD.provider, *TOLD.resources, *TOLD.data_sources]
ATTRIBUTES = [
    pytest.param(attribute, id=".".join((block.type_name, *path)))
    for block in BLOCKS
    for path, attribute in walk(block.attributes)
]
PARAMETERS = [
    pytest.param(each, id=f"{function.name}.{each.name}")
    for function in TOLD.functions
    for each in function.signature.parameters
]
BOUNDED = re.compile(r"from (?P<low>\d+) to (?P<high>\d+)")
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)\n```$", re.MULTILINE | re.DOTALL)
ERRORS = re.compile(r"^## What an error means\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^(?:\| |- )`(?P<error>[^`]+)`", re.MULTILINE)


def names(*folders: str) -> list[str]:
    """The pages in those folders."""
    return [name for name in PAGES if name.partition("/")[0] in folders]


def targets(name: str) -> Iterator[str]:
    """The addresses that a page links to, outside its blocks of code."""
    return (found["target"] for found in LINK.finditer(BLOCK.sub("", PAGES[name])))


def anchors(text: str) -> set[str]:
    """The places of a page that a link may name: its headings, and the anchors that are written out."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def sentences() -> str:
    """All texts of the provider's source; those that are written in pieces are whole."""
    found = []
    for path in (ROOT / "provider").rglob("*.py"):
        if "sandbox" not in path.relative_to(ROOT).parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return "\n".join(each for each in found if isinstance(each, str))


SAID = sentences()


def is_said(part: str) -> bool:
    """Whether it stands in the source, as it is or in two pieces that a name is put between or that are joined."""
    return part in SAID or any(part[:cut] in SAID and part[cut:] in SAID for cut in range(2, len(part) - 1))


def test_the_pages_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """What is committed is what the schemas, the examples and the templates say."""
    assert (0, "") == (docs.main(["--check"]), capsys.readouterr().err)


@pytest.mark.parametrize(
    ("name", "text"),
    [("index.md", "Another text.\n"), ("resources/app.md", None), ("resources/thing.md", "Of a thing that was.\n")],
    ids=["changed", "missing", "left over"],
)
def test_drift_is_named_and_repaired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str | None
) -> None:
    """A check fails, changes nothing and says which page; writing anew puts it right."""
    folder = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", folder)
    docs.write({name: text}, folder)
    assert 1 == docs.main(["--check"], folder)
    assert [name] == docs.differing(PAGES, folder)
    assert f"docs/{name} is not what" in capsys.readouterr().err
    assert 0 == docs.main([], folder)
    assert [] == docs.differing(PAGES, folder)


def test_there_is_a_page_for_everything_and_for_nothing_else() -> None:
    """Named as the registry wants them: without the provider's name before them."""
    blocks = {"resources": TOLD.resources, "data-sources": TOLD.data_sources, "functions": TOLD.functions}
    expected = {f"{folder}/{each.name}.md" for folder, kind in blocks.items() for each in kind}
    assert {"index.md", *expected} == set(PAGES) - set(names("guides"))
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").glob("*/*.j2")}
    assert {f"{name}.j2" for name in PAGES if "/" in name} == templates


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_an_attribute_is_described(attribute: Any) -> None:
    """In sentences; with its default, and with what a change replaces, for the editor shows nothing else."""
    assert re.fullmatch(r"[A-Z`].{10,}\.", attribute.description)
    if attribute.default is not None:
        written = str(attribute.default).lower() if isinstance(attribute.default, bool) else attribute.default
        assert f"Default: `{written}`." in attribute.description
    if attribute.requires_replace:
        assert re.search(r"[Aa] change (replaces|submits a new run)", attribute.description)


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_parameter_is_described(parameter: Any) -> None:
    """In sentences."""
    assert re.fullmatch(r"[A-Z`].{10,}\.", parameter.description)


@pytest.mark.parametrize("described", [*BLOCKS, *TOLD.functions], ids=lambda each: each.name)
def test_everything_is_described(described: Any) -> None:
    """In sentences, on one line, as front matter wants it; a function has a summary too."""
    description = described.signature.description if described in TOLD.functions else described.description
    assert re.fullmatch(r"[A-Z].{20,}\.", description)


def test_the_settings_defaults_and_bounds_are_those_that_hold() -> None:
    """The number below the least and the one above the most are refused, and the bounds themselves are not."""
    described = {each.name: each.description or "" for each in TOLD.provider.attributes}
    for name, default in settings.DEFAULTS.items():
        assert f"Default: `{str(default).lower()}`." in described[name]
    for name, text in described.items():
        if bounds := BOUNDED.search(text):
            low, high = int(bounds["low"]), int(bounds["high"])
            refused = [bool(settings.check_values({name: value})) for value in (low - 1, low, high, high + 1)]
            assert [True, False, False, True] == refused
    assert 3 == sum(bool(BOUNDED.search(text)) for text in described.values())


@pytest.mark.parametrize("name", ["resources/app_run.md", "data-sources/app_run.md"])
def test_every_status_of_a_run_is_told(name: str) -> None:
    """Those that end a run among them."""
    assert set() == {status for status in TERMINAL_STATUSES if f"`{status}`" not in PAGES[name]}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_front_matter(name: str) -> None:
    """A title and a description; a subcategory too, except on the index, which the registry's tools refuse there."""
    front = r'---\npage_title: "(.+)"\n(?:subcategory: "(.*)"\n)?description: \|-\n  (.+)\n---\n\n# '
    found = re.match(front, PAGES[name])
    assert found is not None
    assert (name == "index.md") == (found[2] is None)
    assert (name.partition("/")[0] in ("resources", "data-sources")) == bool(found[2])


@pytest.mark.parametrize("name", ["index.md", *names("resources", "data-sources", "functions")])
def test_a_page_has_its_example(name: str) -> None:
    """The configuration that the acceptance tests apply; a resource's page has both ways to import it too."""
    languages = [found["language"] for found in BLOCK.finditer(PAGES[name])]
    kind = name.partition("/")[0]
    expected = {"resources": ["terraform", "terraform", "shell"], "functions": ["terraform", "text"]}
    assert expected.get(kind, ["terraform"]) == languages
    assert (kind == "resources") == ("\n## Import\n" in PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_a_configuration_on_a_page_is_an_example(name: str) -> None:
    """Whole and as it stands: there is none that no test applies."""
    shown = {found["text"] for found in BLOCK.finditer(PAGES[name]) if found["language"] == "terraform"}
    assert set() == shown - {path.read_text(encoding="utf-8").strip() for path in EXAMPLES.rglob("*.tf")}


def test_every_file_of_a_guide_is_shown() -> None:
    """None lies in a guide's folder that its page leaves out."""
    for path in (EXAMPLES / "guides").glob("*/*"):
        assert path.read_text(encoding="utf-8").strip() in PAGES[f"guides/{path.parent.name}.md"], path.name


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    """To a page that there is, and to a place on it: from the index by its address, from others by a relative path."""
    for target in targets(name):
        path, _, place = target.partition("#")
        assert not path or (name == "index.md") == ("://" in path), target
        path = path.replace(REGISTRY, ".", 1) + ".md" * ("://" in path)
        page = (ROOT / "docs" / name).parent.joinpath(path).resolve() if path else ROOT / "docs" / name
        text = PAGES[page.relative_to(ROOT / "docs").as_posix()]
        assert not place or place in anchors(text), target


@pytest.mark.parametrize("name", names("resources", "data-sources", "functions"))
def test_every_error_that_a_page_names_is_one_that_the_provider_tells(name: str) -> None:
    """Word by word, but for what the dots stand for."""
    section = ERRORS.search(PAGES[name])
    assert section is not None
    errors = NAMED.findall(section["text"])
    assert errors
    parts = [part.strip() for error in errors for part in error.split("…") if part.strip()]
    assert [] == [part for part in parts if not is_said(part)]


def test_the_index_names_every_variable_and_every_write_only_attribute() -> None:
    """What the environment sets, and what needs the newest Terraform."""
    index = PAGES["index.md"]
    assert set() == {variable for variable in settings.ENVIRONMENT.values() if f"| `{variable}` |" not in index}
    resources = [each for block in TOLD.resources for each in block.attributes]
    (row,) = re.findall(r"^\| 1\.11 \| .*", index, re.MULTILINE)
    assert {each.name for each in resources if each.write_only} == set(re.findall(r"`(\w+)`", row))
