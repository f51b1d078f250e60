"""Dense text: every sentence holds private values, all different, all invented."""

from __future__ import annotations

import random

__all__ = ["chat", "dense"]

_FIRST = "Ada Bela Cleo Dario Edda Fenn Gesa Hugo Iona Jorun Kaya Lev Mina Nils Oda Piet".split()
_LAST = "Quill Marsden Okoro Lindqvist Varga Petrov Sato Ruiz Novak Haddad Byrne Costa".split()
_STREETS = "Orchard Elm Harbour Station Mill Chapel Bridge Garden".split()


def dense(characters: int, seed: int = 3) -> str:
    """Return about `characters` of text with some twenty-five values in a thousand."""
    source = random.Random(seed)
    pieces: list[str] = []
    size = 0
    while size < characters:
        pieces.append(_sentence(source))
        size += len(pieces[-1])
    return "".join(pieces)[:characters]


def _sentence(source: random.Random) -> str:
    first, last, n = source.choice(_FIRST), source.choice(_LAST), source.randrange
    day = f"20{n(10, 27)}-0{n(1, 10)}-1{n(10)}"
    return source.choice(
        (
            (f"Dear {first} {last},\nyour card {_card(source)} was charged "
            f"on {n(1, 13)}/{n(1, 29)}/2024. "),
            f"Call {first} at (212) 555-{n(100, 200):04} or +44 20 7946 {n(1000):04}. ",
            (f"{first.lower()}.{last.lower()}{n(99)}@example.com came "
            f"from 192.0.2.{n(255)}, {day}T10:22:09Z.\n"),
            f"SSN {n(100, 600)}-{n(10, 99)}-{n(1000, 9999)}, born {n(1, 28)} March 19{n(40, 99)}. ",
            f"Ship to {n(1, 999)} {source.choice(_STREETS)} Street, Salem, OR 97{n(999):03}. ",
            f"Member ID XQ{n(10**9):09}, MRN {n(10**7):08}, account number {n(10**9):010}. ",
            f"See https://shop{n(999)}.example.net/u/{n(10**6)}?t={n(10**6)} for it. ",
            "The rest of the paragraph says how the order was packed and who carried it down. ",
        )
    )  # fmt: skip


def _card(source: random.Random) -> str:
    digits = "4" + "".join(str(source.randrange(10)) for _ in range(14))
    doubled = (int(d) * 2 for d in digits[::2])
    total = sum(d - 9 if d > 9 else d for d in doubled) + sum(map(int, digits[1::2]))
    number = digits + str(-total % 10)
    return " ".join(number[i : i + 4] for i in range(0, 16, 4))


def chat(characters: int = 1000) -> str:
    """Return a chat prompt as people write them, cut to `characters`."""
    text = (
        "Hi, can you help me rewrite this complaint? My name is Iona Marsden and I live at 14 Mill "
        "Street in Salem. Last month I bought a used car from Lindqvist Motors, the salesman was a "
        "Mr Petrov. He promised that the brakes had been replaced, and my sister Gesa was there "
        "and heard it. Three weeks later the workshop told me that nothing had been done. I have "
        "called them twice on 503-555-0142 and written to service@lindqvist.example but nobody "
        "answers. I would like the letter to be polite but firm, to ask for a repair or my money "
        "back by 14 March 2025, and to say that I will go to the ombudsman otherwise. Please keep "
        "it under a page. Also, my insurance at Harbour Mutual wants a short summary with the "
        "policy number HM-2201-7745 in it, and I never know how formal those should be. "
    )
    return (text * (characters // len(text) + 1))[:characters]
