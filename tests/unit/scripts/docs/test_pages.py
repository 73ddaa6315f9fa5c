"""The registry's pages are complete and match the code."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest

from provider import settings
from provider.client.statuses import TERMINAL_STATUSES
from provider.framework.protocol import validation
from provider.provider import AtlanProvider
from provider.resources.run.status import UNKNOWN_STATUS_MINUTES
from scripts.lib.docs.pages import EXAMPLES, REGISTRY, pages
from scripts.lib.docs.schemas import everything, walk
from scripts.lib.shared.mirror import ROOT

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
    """Return the names of the pages in those folders."""
    return [name for name in PAGES if name.partition("/")[0] in folders]


def targets(name: str) -> Iterator[str]:
    """Yield the targets of the links on a page. Links in code blocks are left out."""
    return (found["target"] for found in LINK.finditer(BLOCK.sub("", PAGES[name])))


def anchors(text: str) -> set[str]:
    """Return the anchors of a page: its headings and the explicit anchors."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def sentences() -> str:
    """Return all strings in the source of the provider. Adjacent literals are joined."""
    found = []
    for path in (ROOT / "provider").rglob("*.py"):
        if "sandbox" not in path.relative_to(ROOT).parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return "\n".join(each for each in found if isinstance(each, str))


SAID = sentences()


def is_said(part: str) -> bool:
    """Return True if the text is in the source: whole, or in two parts that are joined or have a name between them."""
    return part in SAID or any(part[:cut] in SAID and part[cut:] in SAID for cut in range(2, len(part) - 1))


def test_there_is_a_page_for_everything_and_for_nothing_else() -> None:
    """The names have no prefix of the provider, as the registry requires."""
    blocks = {"resources": TOLD.resources, "data-sources": TOLD.data_sources, "functions": TOLD.functions}
    expected = {f"{folder}/{each.name}.md" for folder, kind in blocks.items() for each in kind}
    assert {"index.md", *expected} == set(PAGES) - set(names("guides"))
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").glob("*/*.j2")}
    assert {f"{name}.j2" for name in PAGES if "/" in name} == templates


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_an_attribute_is_described(attribute: Any) -> None:
    """A description has sentences, the default, and the effect of a change: an editor shows nothing else."""
    assert re.fullmatch(r"[A-Z`].{10,}\.", attribute.description)
    if attribute.default is not None:
        written = str(attribute.default).lower() if isinstance(attribute.default, bool) else attribute.default
        assert f"Default: `{written}`." in attribute.description
    if attribute.requires_replace:
        assert re.search(r"[Aa] change (replaces|submits a new run)", attribute.description)


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_parameter_is_described(parameter: Any) -> None:
    """A description has sentences."""
    assert re.fullmatch(r"[A-Z`].{10,}\.", parameter.description)


@pytest.mark.parametrize("described", [*BLOCKS, *TOLD.functions], ids=lambda each: each.name)
def test_everything_is_described(described: Any) -> None:
    """A description is one line of sentences, as front matter requires."""
    description = described.signature.description if described in TOLD.functions else described.description
    assert re.fullmatch(r"[A-Z].{20,}\.", description)


def test_the_settings_defaults_and_bounds_are_those_that_hold() -> None:
    """The bounds are valid. The next numbers below and above them are refused."""
    described = {each.name: each.description or "" for each in TOLD.provider.attributes}
    for name, default in settings.DEFAULTS.items():
        assert f"Default: `{str(default).lower()}`." in described[name]
    for name, text in described.items():
        if bounds := BOUNDED.search(text):
            low, high = int(bounds["low"]), int(bounds["high"])
            numbers = (low - 1, low, high, high + 1)
            refused = [any(validation.check(AtlanProvider.schema, {name: value})) for value in numbers]
            assert [True, False, False, True] == refused
    assert 3 == sum(bool(BOUNDED.search(text)) for text in described.values())


@pytest.mark.parametrize("name", ["resources/app_run.md", "data-sources/app_run.md"])
def test_every_status_of_a_run_is_documented(name: str) -> None:
    """Also the statuses that end a run."""
    assert set() == {status for status in TERMINAL_STATUSES if f"`{status}`" not in PAGES[name]}


def test_the_limits_of_a_run_are_documented() -> None:
    """The wait for a status that is not known, and the wait for the answer to a submit."""
    page = PAGES["resources/app_run.md"]
    assert f"keeps such a status for {UNKNOWN_STATUS_MINUTES} minutes" in page
    assert f"waits {settings.SUBMIT_TIMEOUT} seconds for its answer" in page


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
    """The acceptance tests apply the example. The page of a resource has both ways to import, too."""
    languages = [found["language"] for found in BLOCK.finditer(PAGES[name])]
    kind = name.partition("/")[0]
    expected = {"resources": ["terraform", "terraform", "shell"], "functions": ["terraform", "text"]}
    assert expected.get(kind, ["terraform"]) == languages
    assert (kind == "resources") == ("\n## Import\n" in PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_a_configuration_on_a_page_is_an_example(name: str) -> None:
    """The whole file, unchanged, so that a test applies every configuration."""
    shown = {found["text"] for found in BLOCK.finditer(PAGES[name]) if found["language"] == "terraform"}
    assert set() == shown - {path.read_text(encoding="utf-8").strip() for path in EXAMPLES.rglob("*.tf")}


def test_every_file_of_a_guide_is_shown() -> None:
    """The page shows every file in the folder of its guide."""
    for path in (EXAMPLES / "guides").glob("*/*"):
        assert path.read_text(encoding="utf-8").strip() in PAGES[f"guides/{path.parent.name}.md"], path.name


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    """The page and the anchor exist. Links on the index are absolute, links on other pages are relative."""
    for target in targets(name):
        path, _, place = target.partition("#")
        assert not path or (name == "index.md") == ("://" in path), target
        path = path.replace(REGISTRY, ".", 1) + ".md" * ("://" in path)
        page = (ROOT / "docs" / name).parent.joinpath(path).resolve() if path else ROOT / "docs" / name
        text = PAGES[page.relative_to(ROOT / "docs").as_posix()]
        assert not place or place in anchors(text), target


@pytest.mark.parametrize("name", names("resources", "data-sources", "functions"))
def test_every_error_on_a_page_is_an_error_of_the_provider(name: str) -> None:
    """Word by word, except the parts that are dots."""
    section = ERRORS.search(PAGES[name])
    assert section is not None
    errors = NAMED.findall(section["text"])
    assert errors
    parts = [part.strip() for error in errors for part in error.split("…") if part.strip()]
    assert [] == [part for part in parts if not is_said(part)]


def test_the_index_names_every_variable_and_every_write_only_attribute() -> None:
    """The variables of the environment, and the attributes that need the newest Terraform."""
    index = PAGES["index.md"]
    assert set() == {variable for variable in settings.ENVIRONMENT.values() if f"| `{variable}` |" not in index}
    resources = [each for block in TOLD.resources for each in block.attributes]
    (row,) = re.findall(r"^\| 1\.11 \| .*", index, re.MULTILINE)
    assert {each.name for each in resources if each.write_only} == set(re.findall(r"`(\w+)`", row))
