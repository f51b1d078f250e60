"""Identifiers, account numbers and secrets, in digits and said in words."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from synth.dates import in_words
from synth.wordlists import words

if TYPE_CHECKING:
    import random

__all__ = ["SHAPES", "identifier", "secret", "shaped"]

_DIGIT_WORDS = "zero one two three four five six seven eight nine".split()
_PHONETIC = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar "
    "papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu"
).split()
_PATTERNS = {
    "mrn": ("#######", "########", "MRN-######", "MR######", "H######", "##-##-##", "A#######"),
    "passport": ("#########", "@########", "@@#######", "@##@#####", "@@@######"),
    "licence": (
        "@#######",
        "@###-####-####",
        "########",
        "@@######",
        "@@@@@######@@#@@",
        "###-##-####",
    ),
    "employee": ("E#####", "######", "EMP-####", "EMP#####", "####", "W-#####", "@@####"),
    "insurance": (
        "@@@#########",
        "@## ### ###",
        "@@######@",
        "##########",
        "POL-#######",
        "@#########",
    ),
    "tax": (
        "##-#######",
        "#########",
        "## ### ### ###",
        "@@#########",
        "###-##-####",
        "### ### ###",
    ),
    "national": (
        "###-##-####",
        "@@ ## ## ## @",
        "### ### ####",
        "######-####",
        "########@",
        "### ## ####",
        "######/####",
        "## ## ## ### ### ##",
        "###########",
        "@@######@",
        "### ### ###",
    ),
    "member": ("M-######", "##########", "@@-#####", "#### #### ##", "GC######", "##-####-##"),
    "student": ("s#######", "########", "u#######", "##@@####", "ST-#####", "#######"),
    "plate": (
        "@@## @@@",
        "@@@ ####",
        "#@@@###",
        "@-@@ ####",
        "@@-###-@@",
        "@@@-###",
        "####-@@@",
        "@@ ## @@ ####",
    ),
    "vin": ("1HG%%%%%%%%######", "WBA%%%%%%%%######", "VF1%%%%%%%%######", "JT%%%%%%%%%######"),
    "bank_account": (
        "########",
        "##########",
        "############",
        "#######",
        "####-######",
        "00######",
    ),
    "sort_code": ("##-##-##", "######", "## ## ##", "#########"),
}
SHAPES = {
    "phone": (
        "(555) 01#-####",
        "555-01##",
        "+1 555-01#-####",
        "07700 900###",
        "+44 20 7946 0###",
        "+49 30 ########",
        "01 ## ## ## ##",
        "+33 6 ## ## ## ##",
        "555.01#.####",
        "020 7946 0###",
        "+91 9#### #####",
        "(0#) 5550 ####",
        "555 01## ####",
        "1-800-555-01##",
        "##########",
    ),
    "card": ("4### #### #### ####", "5###-####-####-####", "37## ###### #####", "4###############"),
    "iban": (
        "DE## #### #### #### #### ##",
        "GB##WEST##############",
        "FR## #### #### #### #### #### ###",
        "NL##ABNA##########",
        "ES## #### #### #### #### ####",
    ),
    "ip": (
        "192.0.2.#",
        "198.51.100.##",
        "203.0.113.1##",
        "2001:db8::&&&&",
        "10.0.#.##",
        "192.168.1.##",
    ),
    "mac": ("00:00:5e:00:53:&&", "&&:&&:&&:&&:&&:&&", "&&-&&-&&-&&-&&-&&"),
    "uuid": ("&&&&&&&&-&&&&-4&&&-8&&&-&&&&&&&&&&&&",),
    "hash": ("&&&&&&&", "&&&&&&&&&&&&", "&" * 40, "&" * 64, "sha256:" + "&" * 16),
    "order_no": ("#######", "###-#######-#######", "ORD-#####", "#@@######", "SO#####", "PO-####"),
    "ticket_no": ("#####", "INC00#####", "TKT-####", "@@@-####", "CS-#####", "REQ######", "####"),
    "invoice_no": ("INV-####", "INV-2024-###", "#####", "RE-####/##", "2024/####", "IN######"),
    "sku": ("@@@-###-@@", "####-##", "@@####", "##-####-#", "SKU-######", "B0%%%%%%%%"),
    "version": ("v#.#.#", "#.#", "#.##.#", "#.#.#-rc#", "v#", "20##.#", "#.#.#-beta.#", "R##"),
    "percent": ("#%", "##%", "##.#%", "0.#%", "## percent", "##,# %"),
    "amount": (
        "$##.##",
        "£###",
        "€#,###.##",
        "$#,###",
        "##,## €",
        "###.## USD",
        "£##k",
        "₹##,###",
        "CHF ###.–",
        "#.### EUR",
        "$#.# million",
        "##0 kr",
        "R$ ###,##",
        "## dollars",
    ),
    "measure": (
        "## kg",
        "#.# m",
        "### ml",
        "##°C",
        "### mg",
        "#/# cup",
        "## cm",
        "### km",
        "#.# GB",
        "## mmHg",
        "### W",
        "##x## cm",
        "### lbs",
        "#'##\"",
        "## min",
        "#00 rpm",
        "##dB",
        "### nm",
    ),
    "count": ("#", "##", "###", "#,###", "a dozen", "## of ##", "#00", "#0,000"),
}
_QUESTIONS = (
    "{animal}",
    "{colour}",
    "{city}",
    "{food}",
    "{nickname}",
    "{family_romanised}",
    "{org_stem}",
    "{nickname} {family_romanised}",
    "{nickname}y",
    "{city} Primary",
    "{animal}{n}",
    "mr {animal}",
)
_NAME_ANSWERS = ("{nickname}", "{family_romanised}", "{nickname} {family_romanised}")
_PASS = (
    "{Word}{n}!",
    "{word}{n}",
    "{Word}{Word}{n}",
    "{Word}#{year}",
    "{word}_{word}{n}",
    "{Word}@{n}{n}",
    "{random}",
    "{random}",
    "{random}",
    "{word}{year}",
    "{Word}-{Word}-{n}",
    "p@ss{Word}{n}",
    "{Word}!{Word}",
    "{WORD}{n}{word}",
    "{n}{Word}$",
    "l3tm3in{n}",
    "{word}.{word}.{word}",
    "Winter{year}!",
    "{hex}",
)


def _draw(pattern: str, rng: random.Random) -> str:
    pools = {
        "#": string.digits,
        "@": string.ascii_uppercase,
        "&": "0123456789abcdef",
        "%": string.ascii_uppercase + string.digits,
    }
    return "".join(rng.choice(pools[c]) if c in pools else c for c in pattern)


def identifier(kind: str, rng: random.Random) -> str:
    """Draw an identifier by its slot name; "spoken" gives one said in words."""
    if kind == "spoken":
        return spoken(rng)
    return _draw(rng.choice(_PATTERNS[kind]), rng)


def shaped(kind: str, rng: random.Random) -> str:
    """Draw something with a shape that rules find, or a harmless number."""
    return _draw(rng.choice(SHAPES[kind]), rng)


def spoken(rng: random.Random) -> str:
    """Say a number: "four seven double nine …", "alpha bravo one two"."""
    said: list[str] = []
    for _ in range(rng.randint(4, 10)):
        digit = rng.choice(_DIGIT_WORDS)
        dice = rng.random()
        if dice < 0.1:
            said += [rng.choice(("double", "triple")), digit]
        elif dice < 0.2 and len(said) < 4:
            said.append(rng.choice(_PHONETIC))
        elif dice < 0.28:
            said.append("oh" if rng.random() < 0.6 else in_words(rng.randint(10, 99)))
        else:
            said.append(digit)
    glue = rng.choice((" ", " ", " ", ", ", " - "))
    return glue.join(said)


def secret(kind: str, rng: random.Random) -> tuple[str, str]:
    """Draw (label, text) of a secret by its slot name; an answer that is a name is a PERSON."""
    if kind == "answer":
        return _answer(rng)
    if kind == "pin":
        return "SECRET", _draw(rng.choice(("####", "####", "######", "## ##")), rng)
    if kind == "passphrase":
        chosen = [_common(rng) for _ in range(rng.randint(3, 6))]
        return "SECRET", rng.choice((" ", " ", "-", ".")).join(chosen)
    return "SECRET", _spelled(rng) if kind == "spoken" else _password(rng)


def _common(rng: random.Random) -> str:
    kind = rng.choice(("animal", "colour", "food", "brand_word", "common_name_word", "org_stem"))
    return rng.choice(words(kind)).split()[-1].lower()


def _password(rng: random.Random) -> str:
    word, letters = _common(rng), string.ascii_letters + string.digits + "!#$%&*+-=?@^_~"
    fields = {
        "word": word,
        "Word": _common(rng).title(),
        "WORD": word.upper(),
        "n": rng.randint(1, 999),
        "year": rng.randint(1970, 2026),
        "hex": _draw("&" * rng.choice((16, 32)), rng),
        "random": "".join(rng.choice(letters) for _ in range(rng.randint(8, 20))),
    }
    return rng.choice(_PASS).format(**fields)


def _spelled(rng: random.Random) -> str:
    said = []
    for _ in range(rng.randint(4, 8)):
        letter = rng.choice(_PHONETIC)
        said.append(
            rng.choice(
                (
                    f"capital {letter[0].upper()}",
                    letter,
                    f"{letter[0].upper()} for {letter}",
                    rng.choice(_DIGIT_WORDS),
                    rng.choice(_DIGIT_WORDS),
                    rng.choice(("hyphen", "underscore", "exclamation mark", "hash", "dot")),
                )
            )
        )
    return rng.choice((", ", " ", ", then ")).join(said)


def _answer(rng: random.Random) -> tuple[str, str]:
    form = rng.choice(_QUESTIONS)
    kinds = ("animal", "colour", "city", "food", "nickname", "family_romanised", "org_stem")
    fields = {kind: rng.choice(words(kind)) for kind in kinds}
    answer = form.format(**fields, n=rng.randint(1, 99))
    label = "PERSON" if form in _NAME_ANSWERS else "SECRET"
    return label, answer.lower() if rng.random() < 0.3 else answer
