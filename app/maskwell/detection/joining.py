"""Findings that belong together become one, so that no fragment stands beside a mask.

A title belongs to the name after it ("Ms Doe"), an initial to the name beside it ("Tyler B"),
a town and a postcode to the street before them. Invariant: spans only grow over titles, initials,
separators, findings they take in, the word that closes a street's name and one capitalised word
amid a sentence right before a name. In English such a word is mostly no part of it ("Foreign
Minister Doe", "Good Morning Jane"), so there it must be before one word alone, say nothing of
anybody's office and stand nowhere near in small letters: what is left is a first name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.common_words import COMMON_WORDS
from maskwell.detection.foreign_prose import is_foreign_prose
from maskwell.detection.other_tongues import stands_in
from maskwell.detection.recognizers.name_words import NOT_NAMES, SAID_OF_A_NAME
from maskwell.detection.recognizers.role_words import ROLE_WORDS
from maskwell.detection.things import is_nowhere
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from maskwell.detection.recognizers.base import Match

__all__ = ["joined"]

_TITLE_BEFORE = re.compile(
    r"(?<![\w.'’])(?:(?:Mrs?|Ms|Mx|Miss|Mister|Dr|Doctor|Prof|Professor|Sir|Madam|Dame|Lord|Lady|Rev"
    r"|Fr|Hon|Judge|Justice|Capt|Captain|Col|Lt|Sgt|Maj|Gen|Herr|Frau|Mme|Mlle|M|Monsieur|Madame"
    r"|Sr|Sra|Srta|Dra|Señor|Señora|Don|Doña|Sig|Sig\.ra|Dott|Dott\.ssa|Avv|Ma[iî]tre|Dhr|Mevr"
    r"|Mevrouw|Meneer|Ing|Dipl\.-Ing|Fru|Senhora?|Dona|Pani?e?|Smt|Shri|Herrn|(?<!['’] )em|med|MR"
    r"|MRS|MS|DR|PROF|mr|mrs|ms|dr|prof|dott\.ssa|dra|mevrouw|meneer"
    r"|Engr|Alhaj[ia]|Chief|Pastor|Bishop|Imam|Sheikh|Hajja?|Sister|Uncle|Aunt|Auntie|Constable"
    r"|Enfermer[ao]|Lic|Licda?|T[ií]a|T[ií]o|Onkel|Tante|Oma|Opa|Tonton|Mamie|Zia|Zio|Old|auntie|aunt"
    r"|uncle|grandma|grandpa|nana|t[ií]a|t[ií]o|tante|oma|opa|tonton|mamie|zia|zio"
    r"|doña|señora?|signora?|pan[ií]|Ofc|Officer|PC|D\.a|Dña)\.?[ \t]+){1,3}\Z"
)
_SURNAME_BEFORE = re.compile(
    r"(?<![\w.-])(?:(?:Nguy[eễ]n|Tr[aầ]n|L[eê]|Ph[aạ]m|Ho[aà]ng|Hu[yỳ]nh|Phan|V[uũ]|V[oõ]|Đ[aặ]ng|Dang|B[uù]i"
    r"|Đ[oỗ]|H[oồ]|Ng[oô]|D[uươ]+ng|L[yý])(?: (?:Th[iị]|V[aă]n))?"
    r"|[А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын|енко|ск|цк|ук|юк|ян)(?:[ауыеойми]{0,3}))[ ]\Z"
)
"""Family names that go before, where the model began with what follows them."""
_GIVEN_BEFORE = re.compile(r"(?<=[a-zà-ÿ,] )(?P<name>[^\W\d_a-z][^\W\d_A-Z]{2,14}) \Z")
_INITIALS_BEFORE = re.compile(r"(?<![\w.'’&/-])(?:(?!I )[A-Z]\.? ){1,3}\Z")
_INITIAL_AFTER = re.compile(r" (?!I\b|A )[A-Z](?:\.(?= [a-z]|[,;:)])|(?![\w.'’&/+#-]))(?! [A-Z]\b)")
"""As schools and groups tell two of one name apart; "I" and "A" are words before words."""
_STREET_END = re.compile(
    r" (?:close|road|street|avenue|lane|drive|crescent|court|terrace|way|grove|gardens|place|walk"
    r"|mews|square)(?! to\b| by\b| enough\b| is\b)(?!\w)"
)
"""What a street's name may end in where it is dictated: "forty one elm tree close"."""
_SMALL_TITLES: Final = frozenset(
    """mr mrs ms dr prof dott.ssa dra mevrouw meneer auntie aunt uncle grandma grandpa nana tía tio
    tío tia tante oma opa tonton mamie zia zio doña señor señora signor signora pani paní em
    med""".split()
)
"""Titles that may be written small; looking here first costs less than the long pattern."""
_STREET_LEAD = re.compile(
    r"(?<![\w-])(?:Am|Im|Zu[rm]|(?:An|Auf|In|Unter|Hinter|Vor|Bei|Neben) de[rnm]|Rua d[aeo]s?"
    r"|Calle(?: de)?(?: l[ao]s?)?|Via(?: de[il])?|Na|Nad|U|Jr\.|Av\.|Avda\.|D\.No\.|số|Str\.)"
    r" (?:[^\W\d_a-z][\w-]* )?\Z"
)
_LONGEST_TITLE: Final = 32
_INITIAL_ENDS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ.")
_PLACE_GAP = re.compile(r"[ \t]*(?:,[ \t]*\n?|\n)[ \t]*|[ \t]+")
_TOWN_LINE = re.compile(
    r"[ \t]*,?[ \t]*\n[ \t]*(?:[^\W\d_a-zß-ÿ][\w.'’()\-]*[ \t]?){1,4},?[ \t]*\n[ \t]*,?[ \t]*"
)
_LONGEST_GAP: Final = 4
_LONGEST_TOWN_LINE: Final = 48
_GERMAN_ROLES: Final = frozenset(
    """sohn tochter mann ehemann ehefrau bruder schwester mutter vater nachbar nachbarn nachbarin
    kollege kollegen kollegin chef chefin freund freundin arzt ärztin anwalt anwältin kunde kundin
    mieter mieterin vermieter zeuge zeugin lehrer lehrerin schüler schülerin firma familie zimmer
    stadt kind enkel enkelin patient patientin mitarbeiter mitarbeiterin direktor leiter leiterin
    tel mobil handy telefon herrn frau opfer täter nutzer autor trainer bürgermeister""".split()
)
"""German writes these with a capital too; before a name they say who it is."""
_NO_GIVEN: Final = COMMON_WORDS | NOT_NAMES | _GERMAN_ROLES
_ENGLISH_BEFORE: Final = (
    ROLE_WORDS
    | SAID_OF_A_NAME
    | frozenset(
        """
        american australian aunts bosses boss brothers camp canadian century cyclone democrat
        democrats detectives dictator drs european ex-president founder general gov gunman
        hurricane iraqi israeli iranian messrs ministers operation palestinian planet pope pres
        project professor professors rep representatives reps republican republicans saint
        scottish sec secretaries sen sens singer sisters st storm suspect team tropical typhoon
        uncles veteran
        """.split()
    )
)
"""What English writes with a capital before a name that it is no part of."""
_NEAR: Final = 20_000
"""Characters on either side in which a word is looked for in small letters."""
_CELLS: Final = frozenset({"columns", "segments", "travel_codes"})
"""Recognisers whose matches are whole: what stands beside them is another cell."""
_PLACES: Final = frozenset({EntityType.ADDRESS, EntityType.PLACE})
_GROWING: Final = _PLACES | {EntityType.PERSON}
"""What takes in or is taken in; all else stays as it is."""


def joined(matches: list[Match], text: str) -> list[Match]:
    """Return sorted, non-overlapping matches with what belongs together as one."""
    result: list[Match] = []
    for match in matches:
        if match.entity_type not in _GROWING or match.recognizer in _CELLS:
            result.append(match)
            continue
        last = result[-1] if result else None
        if last and (_is_one_address(last, match, text) or _is_one_name(last, match, text)):
            result[-1] = last._replace(end=match.end, score=max(last.score, match.score))
        elif match.entity_type is EntityType.ADDRESS:
            whole = _with_street_end(match, text)
            result.append(_with_street_lead(whole, last.end if last else 0, text))
        elif match.entity_type is EntityType.PERSON:
            whole = _with_initials(match, last.end if last else 0, text)
            result.append(_with_title(whole, last.end if last else 0, text))
        else:
            result.append(match)
    return result


def _is_one_name(last: Match, match: Match, text: str) -> bool:
    """Whether the rest of a longer reading in capitals stands after the name it was cut from.

    In small letters it is as often a title ("Jane Doe Senior Specialist").
    """
    return (
        last.entity_type is match.entity_type is EntityType.PERSON
        and match.recognizer == "names" != last.recognizer
        and text[last.end : match.start] == " "
        and text[last.start : last.end].rsplit(maxsplit=1)[-1].isupper()
        and text[match.start : match.end].isupper()
    )


def _is_one_address(last: Match, match: Match, text: str) -> bool:
    if last.entity_type is not EntityType.ADDRESS or match.entity_type not in _PLACES:
        return False
    if last.recognizer in _CELLS:
        return False
    gap = match.start - last.end
    if match.subtype == "coordinates" or gap > _LONGEST_TOWN_LINE:
        return False
    if gap <= _LONGEST_GAP and _PLACE_GAP.fullmatch(text, last.end, match.start):
        return True
    # A line of capitalised words between a street and a country is the town nobody knew.
    return bool(_TOWN_LINE.fullmatch(text, last.end, match.start))


def _with_street_lead(match: Match, free_from: int, text: str) -> Match:
    """Take in what a street's name begins with: "Zur Alten" before "Mühle 15"."""
    if not text[match.start].isalpha():
        return match
    low = max(free_from, match.start - _LONGEST_TITLE)
    lead = _STREET_LEAD.search(text, low, match.start)
    return match._replace(start=lead.start()) if lead else match


def _with_street_end(match: Match, text: str) -> Match:
    """Take in the last word of a street's name in small letters where the model stopped before."""
    if match.recognizer != "ner" or not text[match.end - 1].islower():
        return match
    if not text[match.start : match.end].islower():
        return match
    end = _STREET_END.match(text, match.end)
    return match._replace(end=end.end()) if end else match


def _with_initials(match: Match, free_from: int, text: str) -> Match:
    """Take in the initials before a name ("R S Dhaliwal") and after one word ("Tyler B")."""
    start, end = match.start, match.end
    if not text[start].isupper():
        return match
    if text[start - 1 : start] == " " and text[start - 2 : start - 1] in _INITIAL_ENDS:
        before = _INITIALS_BEFORE.search(text, max(free_from, start - 9), start)
        if before:
            return match._replace(start=before.start())
    if match.recognizer != "names" and text[end : end + 1] == " " and " " not in text[start:end]:
        after = _INITIAL_AFTER.match(text, end)
        if after:
            return match._replace(end=after.end())
    return match


def _with_title(match: Match, free_from: int, text: str) -> Match:
    if text[match.start - 1 : match.start] not in (" ", "\t"):
        return match
    low = max(free_from, match.start - _LONGEST_TITLE)
    words = text[low : match.start].split()
    if not words or (words[-1][0].islower() and words[-1].rstrip(".") not in _SMALL_TITLES):
        return match
    title = _TITLE_BEFORE.search(text, low, match.start)
    if title:
        return match._replace(start=title.start())
    surname = _SURNAME_BEFORE.search(text, low, match.start)
    if surname:
        return match._replace(start=surname.start())
    given = _GIVEN_BEFORE.search(text, low, match.start)
    if given and text[match.start].isupper() and _is_given(text, given["name"], match):
        return match._replace(start=given.start())
    return match


def _is_given(text: str, word: str, match: Match) -> bool:
    """Whether a capitalised word amid a sentence, right before a name, is a part of it."""
    small = word.lower()
    if small in _NO_GIVEN:
        return False
    if is_foreign_prose(text, match.start):
        return True
    is_one_word = not any(c.isspace() for c in text[match.start : match.end])
    if not is_one_word or small in _ENGLISH_BEFORE or is_nowhere(small):
        return False
    return not stands_in(text[max(0, match.start - _NEAR) : match.start + _NEAR], small)
