"""The phrases that are hard to read, as regular expressions, and the better words for each."""

from collections.abc import Mapping

STARTS: Mapping[str, str] = {
    r"whether\b": "Return True if",
    r"(what|which|those|these|of|at)\b": "a verb (Return, Raise, Yield) or a noun",
}
"""The first words that a docstring must not have, and the better words."""

PHRASES: Mapping[str, str] = {
    r"tells?|told|telling": "return, report, contain, show",
    r"holds?|held|holding": "contain, store, keep; be true",
    r"meets?|met": "match, satisfy, reach",
    r"stands?(?!-in|ing| for)|stood": "be",
    r"brings?|brought|bringing": "make, add, give",
    r"speaks?|spoke|spoken|speaking": "use, send",
    r"(?<=\. )what is": "the value that, the object that",
    r"of which": "a second sentence",
    r"nobody": "no user, no process; the actor's name",
    r"alike": "the same, both",
    r"as it came|as they came|as it is there|as it stands": "unchanged",
    r"anew": "again",
    r"perhaps": "can be, may be",
    r"is asked of|asked of": "require",
    r"wants? to be": "must be",
    r"believe[ds]?": "trust",
    r"lies|lain": "is in",
    r"goes by": "depend on",
    r"none of its own": "no",
    r"but for": "except",
    r"save for": "except",
    r"in line with": "the same as",
    r"by way of": "through",
    r"nothing but": "only",
    r"(?:a|one|each|every|the|that) room|rooms": "module, folder",
    r"thereof|therein|hence|thus|lest|ere|whereupon|thereby|albeit": "a plain word",
    r"weather": "chaos",
    r"dealt out|deals out": "distribute",
    r"let be|let alone": "unchanged",
    r"a person's own|of a person's": "the user's",
    r"is to (?:be|hold)|are to (?:be|hold)": "must be",
}
"""Words that readers stumbled over, and the better ones."""
