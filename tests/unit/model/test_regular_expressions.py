"""Expressions for names, and expressions that are anchored as a whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.model.regular_expressions import anchored_expression, anchored_name
from tests.support.near_names import NAMES, near

TEXTS = ["", "a", "b", "A", "B", "ab", "abc", "aa", "xa", "ax", "a|b", "[", "|", "a#b", "a\n", "a$", "prod", "prod_1"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SALES$", r"^SALES\$$"),
        ("A|B", r"^A\|B$"),
        ("a.b*c+d?", r"^a\.b\*c\+d\?$"),
        ("(a) [b] {c}", r"^\(a\) \[b\] \{c\}$"),
        ("a\\b", r"^a\\b$"),
        ("my-project 'x' \"y\" ä/_#&~", "^my-project 'x' \"y\" ä/_#&~$"),
        ("^a.b$", "^a.b$"),
        ("^a", r"^\^a$"),
        ("a$", r"^a\$$"),
        ("", "^$"),
    ],
)
def test_only_special_characters_are_escaped(name: str, expected: str) -> None:
    """Spaces, hyphens and quotes stay. An anchored name stays as it is, because the SDK leaves it, too."""
    assert expected == anchored_name(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_expression_of_a_name_matches_only_that_name(name: str) -> None:
    """It matches the name in full, and none of at least 20 near names."""
    expression = anchored_name(name)
    others = near(name)
    assert len(others) >= 20
    assert [] == [each for each in others if re.fullmatch(expression, each)]
    assert re.fullmatch(expression, name)


@given(st.text(min_size=1).filter(lambda name: not (name.startswith("^") and name.endswith("$"))))
def test_the_expression_of_any_name_matches_that_name_alone(name: str) -> None:
    """The name itself matches, and the same name with one character more does not."""
    assert re.fullmatch(anchored_name(name), name)
    assert not re.fullmatch(anchored_name(name), name + "x")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("tmp_.*", "^tmp_.*$", id="no alternation"),
        pytest.param("A|B", "^(A|B)$", id="an alternation is grouped"),
        pytest.param("(A|B)c", "^(A|B)c$", id="an alternation in a group"),
        pytest.param("^A|B$", "^(^A|B$)$", id="half anchored alternatives"),
        pytest.param("[a|b]", "^[a|b]$", id="a character class"),
        pytest.param("[]|]", "^[]|]$", id="a bracket at the start of a class"),
        pytest.param(r"[\]|]", r"^[\]|]$", id="an escaped bracket in a class"),
        pytest.param(r"a\|b", r"^a\|b$", id="an escaped alternation"),
        pytest.param("^a$", "^a$", id="already anchored"),
        pytest.param("^a", "^a$", id="anchored at the start"),
        pytest.param(r"a\$", r"^a\$$", id="an escaped dollar sign is no anchor"),
        pytest.param(r"^a\$", r"^a\$$", id="an escaped dollar sign after an anchor"),
        pytest.param("(?i)A|B", "^(?i:A|B)$", id="flags"),
        pytest.param("(?i)(?s)a", "^(?is:a)$", id="flags twice"),
        pytest.param("(?i)(?-i)(?s)a", "^(?s-i:a)$", id="a flag that is turned off"),
        pytest.param("(?i)(?x)a", "^(?ix:a\n)$", id="flags, and comments last"),
        pytest.param("(?x)(?i)a#c", "^(?xi:a#c\n)$", id="flags, and comments first"),
        pytest.param("(?#c)(?i)a", "^(?i:(?#c)a)$", id="a comment before flags"),
        pytest.param("(?x) # c\n (?i)a", "^(?xi: # c\n a\n)$", id="a comment between flags"),
        pytest.param("(?x) # c\n (?-x) a", "^(?-x: a)$", id="a comment between flags that turn comments off"),
        pytest.param("(?x)a # b", "^(?x:a # b\n)$", id="a comment at the end"),
        pytest.param("(?x)a #(", "^(?x:a #(\n)$", id="a bracket in a comment"),
        pytest.param("(?x: # (\n)a", "^(?x: # (\n)a$", id="a bracket in the comment of a group"),
        pytest.param("(?x)(?-x:#)|a", "^(?x:(?-x:#)|a\n)$", id="a group without comments"),
        pytest.param("(?x:a|b)#(?#c)", "^(?x:a|b)#(?#c)$", id="a comment ends with its group"),
        pytest.param("a$(?#c)", "^a$(?#c)$", id="a comment after an anchor"),
        pytest.param("a(?#|)*", "^a(?#|)*$", id="a comment before a quantifier"),
        pytest.param("(?x) a | b", "^(?x: a | b\n)$", id="an alternation with flags"),
        pytest.param(r"(a)\1|b", r"^(?:(a)\1|b)$", id="a reference keeps its number"),
        pytest.param(r"\Qa|(b", r"^\Qa|(b\E$", id="a quotation of Java"),
        pytest.param(r"\p{L}+", r"^\p{L}+$", id="a class of Java"),
        pytest.param("(?<year>a)", "^(?<year>a)$", id="a named group of Java"),
        pytest.param("(?P<year>a)", "^(?P<year>a)$", id="a named group of Python"),
        pytest.param("a*?b++", "^a*?b++$", id="lazy and possessive"),
        pytest.param("", "^$", id="nothing"),
    ],
)
def test_an_expression_is_anchored_as_a_whole(expression: str, expected: str) -> None:
    """Groups appear only where they are needed."""
    assert expected == anchored_expression(expression)


@pytest.mark.filterwarnings("ignore:Possible (nested set|set):FutureWarning")
@given(
    st.lists(st.sampled_from(["(?i)", "(?x)", "(?s)", "(?#c)", " ", "#c\n"]), max_size=3).map("".join),
    st.lists(
        st.sampled_from([*"ab|*?^$.# \n()", "(?x:", "(?:", "(?-x:", "(?#c)", "[(]", "[#]", r"\)"]), max_size=6
    ).map("".join),
)
def test_flags_and_comments_keep_their_meaning(start: str, body: str) -> None:
    """An expression that Python accepts matches the same texts, and a second call changes nothing."""
    expression = start + body
    try:
        given_pattern = re.compile(expression)
    except re.error:
        return
    anchored = anchored_expression(expression)
    assert anchored.startswith("^")
    assert anchored.endswith("$")
    assert anchored == anchored_expression(anchored)
    expected = [bool(given_pattern.fullmatch(each)) for each in TEXTS]
    assert expected == [bool(re.fullmatch(anchored, each)) for each in TEXTS], anchored


@pytest.mark.parametrize(
    "expression",
    ["a|b", "^a|b$", "(?i)a|b", "(?i)(?s)a.?", "(?x)a # |b", r"(a)\1|b", "[|]", "[]|a]", "a$|b", "(?:a|b)c?", r"a\|b"],
)
def test_an_anchored_expression_matches_what_the_expression_matches_in_full(expression: str) -> None:
    """For Python, `search` of the result agrees with `fullmatch` of the expression."""
    anchored = re.compile(anchored_expression(expression))
    expected = {text for text in TEXTS if re.fullmatch(expression, text)}
    assert expected
    assert expected == {text for text in TEXTS if anchored.fullmatch(text)}
    assert {text for text in expected if "\n" not in text} == {
        text for text in TEXTS if "\n" not in text and anchored.search(text)
    }


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a\\", "it ends with a single backslash"),
        ("[a", "a character class is not closed"),
        ("[]", "a character class is not closed"),
        ("(a", "a ( has no )"),
        ("(?i)(a", "a ( has no )"),
        ("a)", "a ) has no ("),
        ("a)(b", "a ) has no ("),
        ("*a", "there is nothing to repeat before *"),
        ("a|+", "there is nothing to repeat before +"),
        ("(?:+a)", "there is nothing to repeat before +"),
        ("a**", "there is nothing to repeat before *"),
    ],
)
def test_a_text_that_is_no_expression_is_refused(expression: str, expected: str) -> None:
    """The error says why. Python refuses all of these, too."""
    with pytest.raises(ValueError, match=re.escape(expected)):
        anchored_expression(expression)
    with pytest.raises(re.error):
        re.compile(expression)


@pytest.mark.filterwarnings("ignore:Possible (nested set|set):FutureWarning")
@given(st.text("ab()[]{}|*+?\\^$.,1:i", max_size=8))
def test_a_result_is_never_broken_by_its_anchors(expression: str) -> None:
    """Each expression that Python accepts is accepted, and Python accepts the anchored expression."""
    try:
        re.compile(expression)
    except re.error:
        return
    re.compile(anchored_expression(expression))
