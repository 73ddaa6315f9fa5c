"""Show a text of the service that can quote secrets which nothing here knows.

A failed node can quote the credential or a write-only input of its workflow. They are not in the state or the
configuration of the run, so they cannot be recognized. Therefore only words from a fixed list are shown. A word that
contains anything else, such as a name, a path, a password or a number, is hidden as a whole.
"""

from __future__ import annotations

import re
from typing import Final

from provider.framework.plain_text import clean, truncate
from provider.framework.redaction import REDACTED

HIDDEN: Final = REDACTED
"""The text in place of words that are not shown."""

_MOST_CHARACTERS: Final = 400
_MOST_WORD_CHARACTERS: Final = 100
# A message can contain a whole log. Its start and its end say what failed.
_MOST_RAW_CHARACTERS: Final = 20_000
_EDGES: Final = re.compile(r"([^A-Za-z0-9]*)(.*?)([^A-Za-z0-9]*)", re.DOTALL)
_HUMP: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# The classes of Python and Java exceptions, with their packages.
_EXCEPTION: Final = re.compile(r"(?:[A-Za-z]+\.)*[A-Za-z]+(?:Error|Exception|Failure|Timeout|Refused|Denied)")
# The vendor's own codes, such as AE-WF-409-03, the statuses of HTTP errors, and small numbers.
_CODE: Final = re.compile(r"(?:AE|AAF|ATLAN|ATLAS|HERACLES)(?:-[A-Z]{2,8}){0,3}(?:-\d{2,3}){1,3}|[45]\d\d|\d{1,2}")
_PUNCTUATION: Final = re.compile(r"[.,:;!?()\[\]'\"]*")

_WORDS: Final = frozenset(
    """
    a able abort about above absent accept acceptable access account acquire across action active actual add address
    admin after again against agent airflow all allocate allow alloydb already also an and another any api app
    application apply are argument array as asset at athena atlan attempt attribute audit aurora auth authenticate
    authentication authorization authorize availability available aws azure back bad be because been before being
    below between bigquery bigtable billing body boolean both broken browser bucket buffer busy but by cache call
    can cancel cannot case cause certificate chain change channel character check child class client close cloud
    cloudera cluster code collection column com command commit compile complete compute condition config
    configuration configure conflict connect connection connector consumer contact contain container content context
    contract convert copy core corrupt cosmos could count crash crawl crawler create credential current data
    database databricks dataset date day dbt deadline decode decrypt default delete denied deny dependency describe
    destination detail detect did disable disabled disconnect disk do does domain done down download driver drop due
    duplicate during dynamodb each either else empty enable enabled encode encoding encounter encrypt end endpoint
    engine enough ensure entity entry environment error evict exceed except exception exceptions execute execution
    exhaust exist exit expect expire export extension extra extract extraction fabric fail failure false fatal
    feature fetch field file filter find first folder for forbid forbidden format found from full function gateway
    generate generic get given glue go google grant group guid had handler handshake has have header heap heartbeat
    hit hive host http https id identifier identity if illegal import in incomplete incorrect index inner input
    inside instance instead insufficient integer interface internal interrupt into invalid invoke io is issue it
    item iterate its java jdbc job join json just kafka keep key kill lang large last later latest least length less
    level library license limit line lineage link list listen literal load locate location lock log login logon long
    looker lookup loop lost machine made maintenance make manifest many map match max maximum may memory message
    metadata method microsoft min minimum minute mismatch miss missing mode model module mongodb more most mssql
    must mysql name native need net network new next no node none nor not nothing null number object occur odbc of
    off offset old on once one only open operation option or oracle order org organization other out output over
    overflow overload own owner package page parameter parse part partition password path pending per perform
    permission permit persist phase pipeline please plugin policy poll pool port possible postgres postgresql power
    prepare present presto previous principal private privilege process processing produce product profile program
    project property protocol provide provider proxy publish pull push put python query queue quicksight quota raise
    range rate reach read reader ready reason receive recent record redshift refuse refused region register reject
    relation release remote remove rename repeat replace repository request require reset resolve resource respond
    response rest result retry return revoke role root route row rule run runtime salesforce sap save scan schedule
    schema scope search second secret see select self send sent server service session set setting shard share
    should shut shutdown sigma sign signal signature since size skip slot slow snowflake so socket some source space
    spark specify sql sqlserver ssl stage start state statement status step still stop storage store stream string
    sub submit subscription subset succeed success successful such superset suspend synapse sync syntax system table
    tableau tag target task temporal temporary tenant teradata terminate test text than that the their them then
    there these they this thoughtspot thread throttle time timeout to token too total trace transaction transfer
    transform transient trial trigger trino true trust try type unable unauthorized unavailable undefined under
    unexpected unhandled uninitialized unique unit unity unknown unreachable unreadable unrecognized unsupported
    until up update upload upstream url usage use user util valid validate validation value variable verification
    verify version via view violate violation volume wait warehouse warn warning was we were what when where which
    while who will with within without work worker workflow workspace would write writer wrong yet you your zero
    zone
    """.split()  # noqa: SIM905 - a literal would have a line for each word
)


def shown(text: str) -> str:
    """Return the words of the text that are in the list, and ``HIDDEN`` in place of all others. The result is short."""
    words = [_shown_word(word) for word in clean(_ends(text)).split()]
    # One placeholder for several words, so that their number is not shown either.
    kept = [word for place, word in enumerate(words) if word != HIDDEN or words[place - 1 : place] != [HIDDEN]]
    return truncate(" ".join(kept), _MOST_CHARACTERS, HIDDEN)


def _ends(text: str) -> str:
    half = _MOST_RAW_CHARACTERS // 2
    return text if len(text) <= 2 * half else f"{text[:half]} … {text[-half:]}"


def _shown_word(word: str) -> str:
    if len(word) > _MOST_WORD_CHARACTERS:
        return HIDDEN
    edges = _EDGES.fullmatch(word)
    before, core, after = edges.groups() if edges else ("", word, "")
    is_plain = _PUNCTUATION.fullmatch(before) and _PUNCTUATION.fullmatch(after)
    return word if is_plain and (not core or _is_listed(core)) else HIDDEN


def _is_listed(core: str) -> bool:
    if _CODE.fullmatch(core):
        return True
    if _EXCEPTION.fullmatch(core):
        return all(_is_word(hump.lower()) for hump in _HUMP.findall(core))
    word = core.lower()
    return _is_word(word.removesuffix("n't")) or _is_word(word.removesuffix("'t"))


def _is_word(word: str) -> bool:
    """Return True if the list contains the word, or the word without the ending of a plural or of a verb."""
    forms = [word]
    for ending in ("s", "es", "d", "ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            forms += [stem, f"{stem}e"]
            forms += [stem[:-1]] if stem[-1] == stem[-2] else []
    return not _WORDS.isdisjoint(forms)
