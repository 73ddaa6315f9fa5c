"""Names, and names that differ from them by a little."""

from typing import Final

SPECIAL: Final = ".^$*+?()[]{}|\\"
NAMES: Final = [
    *(f"SALES{each}2024" for each in SPECIAL),
    "SALES$",
    "$SYS",
    "A|B",
    "a.b",
    "db (old)",
    "[prod] eu-central",
    "{x}",
    'it\'s "quoted" $1',
    "größe (数据)",
    "a\\",
    "a b|c",
]
"""Names with a character that has a meaning in regular expressions, also beside a space and a quote."""


def near(name: str) -> list[str]:
    """Return at least 20 names that are not the given one: a character changed, dropped, added or repeated."""
    found = [name + "x", "x" + name, name + " ", " " + name, name + "\n", name * 2, "^" + name, name + "$", "", "x"]
    found += [name.swapcase(), name.replace(" ", "_"), name.replace("|", ""), *name.split("|"), "\\" + name]
    for place, character in enumerate(name):
        before, after = name[:place], name[place + 1 :]
        found += [before + after, before + character * 2 + after, before + "x" + after, f"{before}\\{character}{after}"]
        if character in SPECIAL:
            found += [before + other + after for other in ("x", " ", "xx", "$", ".")]
    return [each for each in dict.fromkeys(found) if each != name]
