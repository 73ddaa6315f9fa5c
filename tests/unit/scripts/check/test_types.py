"""The count of imprecise types."""

from pathlib import Path

import pytest

from scripts.lib.check import types

IMPORT = "from typing import Any, cast\n"


def write(root: Path, text: str, name: str = "provider/module.py") -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("", 0),
        ("x: Any = 1", 1),
        ("x: 'dict[str, Any]' = {}", 1),
        ("def f(a: Any, *b: list[Any]) -> Any: ...", 3),
        ("import typing\nx: typing.Any", 1),
        ("State = dict[str, Any]\ndef f(a: State) -> State: ...", 3),
        ("x = 'Any value'", 0),
    ],
)
def test_each_use_counts(tmp_path: Path, text: str, uses: int) -> None:
    """Imports do not count, annotations as text and uses of aliases do."""
    write(tmp_path, IMPORT + text)
    assert uses == sum(types.count(tmp_path, "provider").uses.values())


def test_the_protocol_s_folder_does_not_count(tmp_path: Path) -> None:
    """Its uses and its lines are left out; its casts and objects count."""
    write(tmp_path, "x = 1\n" * 10)
    write(tmp_path, IMPORT + "x: Any = cast(Any, 1)\n", "provider/framework/protocol/codec.py")
    assert types.Counts(lines=10, uses={}, objects=0, casts=1) == types.count(tmp_path, "provider")


@pytest.mark.parametrize(
    ("text", "objects", "casts"),
    [
        ("def f(a: object, b: dict[str, object]) -> object: ...", 3, 0),
        ("x: 'list[object]' = []", 1, 0),
        ("x = object()\nclass A(object): ...\nobject.__setattr__(x, 'a', 1)", 0, 0),
        ("x = cast(int, 1)\ny = typing.cast(int, 1)", 0, 2),
    ],
)
def test_objects_and_casts_are_counted(tmp_path: Path, text: str, objects: int, casts: int) -> None:
    """`object` counts as a type only."""
    write(tmp_path, text)
    found = types.count(tmp_path, "provider")
    assert (objects, casts) == (found.objects, found.casts)


@pytest.mark.parametrize(("lines", "findings"), [(83, 1), (84, 0)])
def test_too_many_uses_are_a_finding(tmp_path: Path, lines: int, findings: int) -> None:
    """The limit is 12 in 1,000 lines, and the files with most of the uses are named."""
    write(tmp_path, IMPORT + "x: Any\n" + "y = 1\n" * (lines - 2))
    found = [str(each) for each in types.check(tmp_path, ["provider"])]
    text = "Any is used 12.0 times in 1,000 lines, the limit is 12; most of them are in provider/module.py"
    assert [f"provider: {text}"][:findings] == found


def test_more_objects_or_casts_than_before_are_a_finding(tmp_path: Path) -> None:
    """The limits are the numbers of today."""
    write(tmp_path, "x: object = cast(int, 1)\n")
    assert [] == list(types.check(tmp_path, ["provider"], objects=1, casts=1))
    found = [each.text for each in types.check(tmp_path, ["provider"], objects=0, casts=0)]
    assert ["object is used 1 times, the limit is 0", "cast is used 1 times, the limit is 0"] == found


def test_an_ignored_override_outside_the_framework_is_a_finding(tmp_path: Path) -> None:
    """In the framework the line has its reason."""
    for name in ("provider/framework/resource.py", "provider/resources/app.py"):
        write(tmp_path, "x = 1\ndef f(): ...  # type: ignore[override]\n", name)
    found = [str(each) for each in types.check(tmp_path, ["provider"])]
    assert ["provider/resources/app.py:2: an override is ignored outside provider/framework"] == found
