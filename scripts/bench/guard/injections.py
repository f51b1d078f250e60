"""Measure the guard: recall on planted instructions, false alarms on ordinary text, speed.

    python scripts/bench/guard/injections.py --data FOLDER [--half develop|held-back]

FOLDER holds `injections/` (the BIPIA train split: attacks and e-mails) and `ner/`. Every
attack is planted at the start, in the middle and at the end of every e-mail of the half, on
a line of its own and run into the text. The halves share no kind of attack and no e-mail:
kinds are taken in turn, in the order of their files, and e-mails are cut in the middle.
Ordinary text: documents that neither the model nor a threshold was fitted to.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "app"), str(ROOT / "scripts/train/guard")]

import corpora  # noqa: E402  # found through the line above

from maskwell.guard import inspect  # noqa: E402  # likewise

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = ("start", "middle", "end")


def halves(data: Path, half: str) -> tuple[dict[str, list[str]], dict[str, list[str]], list[str]]:
    """Return the text attacks, the code attacks (by kind) and the e-mails of one half."""
    text = json.loads((data / "injections/text_attack_train.json").read_text())
    code = json.loads((data / "injections/code_attack_train.json").read_text())
    lines = (data / "injections/email_train.jsonl").read_text().splitlines()
    mails = [json.loads(line)["context"] for line in lines]
    held = half == "held-back"
    cut = len(mails) // 2
    code_kinds = list(code)[len(code) // 2 :] if held else list(code)[: len(code) // 2]
    return (
        {kind: text[kind] for kind in list(text)[held::2]},
        {kind: code[kind] for kind in code_kinds},
        mails[cut:] if held else mails[:cut],
    )


def planted(mail: str, attack: str, place: str, glue: str, rng: random.Random) -> str:
    """Return the mail with the attack in it."""
    if place == "start":
        return attack + glue + mail
    if place == "end":
        return mail + glue + attack
    sentences = re.split(r"(?<=[.!?])\s+", mail)
    at = rng.randint(1, max(1, len(sentences) - 1))
    return " ".join(sentences[:at]) + glue + attack + glue + " ".join(sentences[at:])


def share(caught: list[bool]) -> str:
    """Return a share with what it was counted from."""
    return f"{sum(caught) / max(1, len(caught)):6.1%}  ({sum(caught)}/{len(caught)})"


def recall(attacks: dict[str, list[str]], mails: list[str], seed: int) -> list[bool]:
    """Print recall by kind and place; return every verdict."""
    every: list[bool] = []
    for kind, lines in attacks.items():
        verdicts: dict[str, list[bool]] = {place: [] for place in PLACES}
        rng = random.Random(seed)
        for line in lines:
            for mail in mails:
                for place in PLACES:
                    for glue in ("\n", " "):
                        text = planted(mail, line, place, glue, rng)
                        verdicts[place].append(inspect(text).is_suspicious)
        whole = [one for place in PLACES for one in verdicts[place]]
        places = "  ".join(f"{sum(v) / len(v):5.0%}" for v in verdicts.values())
        print(f"  {kind:36}{places}   {share(whole)}")
        every += whole
    return every


def ordinary(data: Path, mails: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield names and documents in which nobody gives a model orders."""
    yield "e-mails of this half, clean", mails
    web = corpora.web(data / "ner/ewt_dev.iob2")
    yield "web texts (EWT dev), thresholds set here", ["\n".join(one) for one in web]
    articles = list(corpora.articles(data / "ner/gum_open.jsonl", held_back=True))
    yield "long documents (GUM, held-back half)", articles
    pieces = [text[at : at + 1000] for text in articles for at in range(0, len(text), 1000)]
    yield "… the same in pieces of 1,000 characters", pieces
    wiki = corpora.columns(data / "ner/wikigold.conll", 20)
    yield "encyclopedia (WikiGold), 20 sentences each", [" ".join(one) for one in wiki]
    for name in ("wnut17_dev", "btc_dev"):
        social = corpora.columns(data / f"ner/{name}.conll", 5)
        yield f"social posts ({name}), 5 each", ["\n".join(one) for one in social]
    sources = list(corpora.modules(held_back=True))
    yield (
        "docstrings (standard library, other half)",
        [text for _, source in sources for text in corpora.docstrings(source)][::4],
    )
    yield (
        "source code (the same), 100 lines each",
        [
            "\n".join(lines[at : at + 100])
            for _, source in sources
            for lines in [source.splitlines()]
            for at in range(0, len(lines), 100)
        ][::4],
    )


def speed(mails: list[str]) -> None:
    """Print the processor time for 10,000 characters of prose and of worst-case noise."""
    prose = " ".join(mails * 20)[:10_000]
    samples = {"e-mail text": prose, "brackets": "[](" * 3333, "base64": "QUJDREVGR0hJ" * 833}
    for name, text in samples.items():
        inspect(text)
        best = 1e9
        for _ in range(15):
            began = time.process_time()
            inspect(text)
            best = min(best, time.process_time() - began)
        print(f"  {name:36}{best * 1e3:6.2f} ms / 10,000 characters")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--half", choices=("develop", "held-back"), default="develop")
    options = parser.parse_args()
    text, code, mails = halves(options.data, options.half)
    print(f"Recall, {options.half} half: start, middle, end, all")
    caught = recall(text, mails, 3)
    coded = recall(code, mails, 3)
    print(f"  {'text attacks':57}{share(caught)}\n  {'code attacks':57}{share(coded)}")
    print(f"  {'all':57}{share(caught + coded)}")
    print("False alarms")
    for name, documents in ordinary(options.data, mails):
        print(f"  {name:57}{share([inspect(one).is_suspicious for one in documents])}")
    print("Speed")
    speed(mails)


if __name__ == "__main__":
    main()
