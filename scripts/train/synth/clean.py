"""Text with nobody in it: logs, settings, recipes, manuals, tables, headings, shell output.

A tagger learns silence from what looks like names and is none. Everything here is put together
from patterns, so nothing private can slip in; all labels are known to be absent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.example import Example
from tagger.labels import LABELS

from synth import dates, names_in_code, numbers
from synth.wordlists import words

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

__all__ = ["clean_text"]

_LEVELS = "INFO WARN WARNING ERROR DEBUG FATAL TRACE NOTICE".split()
_VERBS = (
    "depends on; improves; limits; explains; reduces; drives; follows; precedes; breaks; hides; "
    "changes with; grows with; is unrelated to; is limited by; is a special case of"
).split("; ")
_PATTERNS: dict[str, tuple[str, ...]] = {
    "reference": (
        "{count}\t{count}\t{hexes}\tLATIN SMALL LETTER {letter} WITH {accent}",
        "U+{hexes}{hexes}  {accent}  {colour}",
        "-{letter}, --{noun}-{noun}={NOUN}",
        "       --{noun}  {Act} the {noun}; by default {count}.",
        "{func0}({count}) - {verb} the {adj} {noun}",
        "{number} {number} {number} {number} {number}",
        "{number}, {number}, {number}, {number},",
        "0x{hexes}{hexes} 0x{hexes}{hexes} {ident}",
        "{NOUN}_{NOUN}\t{count}\t/* {adj} {noun} */",
        "#define {NOUN}_{NOUN} {count}",
        "RFC {count}, section {number}.{number}",
        "The {func} function shall {verb} the {noun}; see {func}({number}).",
        "{letter} = {number} * {letter} + {number} / {letter}",
        "{file} line {count} of {count} --{percent}--",
        "{NOUN}: {adj} {noun} ({count})",
        "SYNOPSIS\n    {word} [OPTION]... {NOUN}...",
        "{klass}::{func}",
        "{word}: {adj} {thing}; {thing} of a {thing}",
        "Table {number}: {Topic} by {topic}",
        "(x{number}, y{number}) = ({number}, {number})",
    ),
    "log": (
        "{stamp} {level} [{thread}] {klass} - {verbing} {thing} {count}",
        "[{stamp}] {level}: {func} took {count} ms",
        "{stamp} {host} {daemon}[{count}]: {thing} {state}",
        '{ip} - - [{stamp}] "GET /{noun}/{count} HTTP/1.1" 200 {count}',
        "{level} {file}:{count} {func} {state}",
        '{stamp} level={word} component={noun} msg="{adj} {thing} {state}" id={hash}',
        "    at {klass}.{func} ({file}:{count}:{count})",
        '  File "{path}", line {count}, in {func}',
        "{klass}Exception: {adj} {noun} in {file}",
        "{count}/{count} [=====>....] - ETA: {time} - loss: 0.{count}",
        "kernel: [{count}.{count}] {word} {count}: {state}",
        "Job {ticket_no} {state} after {count}s on {host}",
    ),
    "config": (
        "{noun}: {word}",
        "{NOUN}={word}",
        "  - name: {word}-{noun}\n    image: {word}:{version}",
        "[{noun}]\n{noun} = {count}",
        '"{noun}": "{word}",',
        "{noun}.{noun}={count}",
        "export {NOUN}={path}",
        "server {{ listen {count}; root {path}; }}",
        '<{noun} id="{count}">{word}</{noun}>',
        "FROM {word}:{version}",
        "depends_on: [{word}, {word}]",
        "# {adj} {noun} for {product}",
        '{noun} = ["{word}", "{word}", "{word}"]',
        "alias {word}='{verb} --{noun}'",
        "pip install {word}=={version}",
    ),
    "recipe": (
        "{measure} {pantry}",
        "{count} {adj} {pantry}, chopped",
        "{Cook} the {pantry} with {pantry} and {pantry} for {count} minutes.",
        "{food}",
        "{Food} with {pantry}",
        "Add {pantry}, {cook} until {adj}, then {cook} the {pantry}.",
        "Serves {count}. Prep {count} min.",
        "Preheat the oven to {measure}. {Cook} {pantry}; {cook} {pantry}.",
        "For the {food}: {pantry}, {pantry}, a pinch of {pantry}",
        "Season with {pantry} to taste and serve with {food}.",
        "{Pantry} and {Pantry} Soup",
        "Note: {food} keeps for {count} days in the fridge.",
    ),
    "manual": (
        "{count}. {Act} the {thing} and {act} the {adj} {thing}.",
        "WARNING: Do not {act} the {thing} while the {thing} is hot.",
        "{Heading}",
        "{heading}: {Act} the {thing} before you {act} the {thing}.",
        "Fig. {count}: {Adj} {thing} with {thing}",
        "If the {thing} {state}, {act} the {thing} and wait {count} seconds.",
        "Part {sku}  {Thing}, {adj}  qty {count}",
        "The {product} ships with a {adj} {thing}.",
        "Torque: {measure}. Use a {adj} {thing}.",
        "{Act} {Thing} ({adj})",
        "See {heading}, page {count}.",
        "Step {count} — {act} {thing} {count} times; the {thing} blinks {colour}.",
        "NOTE  {Thing} {Thing} may be {colour}.",
    ),
    "prose": (
        "{Topic} {relates} {topic}.",
        "In practice, {topic} {relates} {topic} more than {topic}.",
        "{Topic} is hard; {topic} is harder.",
        "We used {method_name} to estimate {topic}.",
        "The {chess} rewards patience, much like {topic}.",
        "{law_name} says little about {topic}.",
        "Why does {topic} matter? Because {topic} {relates} {topic}.",
        "A {animal} and a {animal} were in the garden in {month}.",
        "{Word} is what you get when {topic} meets {topic}.",
        "I read {book_title} twice and still prefer essays about {topic}.",
        "Most people will {act} the {thing} first. Some may not.",
        "On {weekday} the {thing} is closed; on {weekday} it opens at {time}.",
        "It may {relates2}; it will not.",
        "There is hope, and there is {topic}.",
        "In {month} the {animal} returns, in {month} it leaves.",
        "Mark each {thing} with a {colour} dot and bill the {department} team.",
        "The {colour} {animal} sat by the {thing}.",
        "Translated from {language_name} into {language_name}, {topic} loses something.",
        "The {job_title} decides; the {job_title} signs.",
        "{product} and {product} both support {topic}, {product} does not.",
        "You can run {brand_word} on top of {brand_word}.",
        "Chapter {count}: {Topic} and {Topic}",
        "The {department} department owns {topic}.",
        "Thanks for the quick reply, talk soon!",
        "Can you explain {topic} like I'm five?",
        "write a haiku about {topic}",
        "fix this: {func} returns {word} instead of {word}",
        "how do i {act} a {thing} without a {thing}",
        "What is the difference between {brand_word} and {brand_word}?",
        "{count} + {count} = {count}",
    ),
    "code": (
        "def {func0}({noun}, {noun}={count}):",
        "    return {klass}({noun}).{verb}({noun})",
        "import {word}",
        "from {word}.{noun} import {klass}",
        "class {klass}({klass}):",
        'if ({noun} == null) {{ throw new {klass}Error("{adj} {noun}"); }}',
        "const {noun} = await {word}.{verb}();",
        "for {noun} in {noun}s:",
        "// {Act} the {noun} before the {noun}",
        "# {adj} {noun}, see {klass}",
        "let mut {noun} = Vec::new();",
        "SELECT {noun}, {noun} FROM {noun}s WHERE {noun} = {count} ORDER BY {noun};",
        "assert {func0}({count}) == {count}",
        "public {klass} {func0}({klass} {noun}) {{",
        "$ {word} {verb} --{noun} {file}",
        "{ident} = {ident}.{verb}({ident})",
        "}} else {{",
        "git checkout -b {word}/{noun}-{count}",
        "curl -s {url} | jq .{noun}",
        "ALTER TABLE {noun} ADD COLUMN {noun} TEXT;",
        '@{word}.{verb}("/{noun}")',
    ),
    "table": (
        "{Thing}\t{count}\t{amount}",
        "{sku},{adj} {thing},{count},{amount}",
        "| {Heading} | {count} | {percent} |",
        "{weekday} {time} {topic}",
        "{Product}: {amount} ({percent})",
        "Total {amount}",
        "{heading} ....... {count}",
        "{invoice_no};{product};{count};{amount}",
        "- [ ] {act} the {thing}",
        "* {version}: {adj} {noun} fixed, {noun} added",
        "## {Heading}",
        "Q{count}: {Topic}?",
        "{order_no} {Thing} {Colour} {measure}",
    ),
}
_STAMPS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.123Z",
    "%d/%b/%Y:%H:%M:%S +0000",
    "%b %d %H:%M:%S",
    "%H:%M:%S,042",
    "%Y/%m/%d %H:%M:%S",
)
_STATES = (
    "not found",
    "started",
    "timed out",
    "is full",
    "failed",
    "skipped",
    "done",
    "refused",
    "is missing",
    "exited with code 1",
    "ready",
)


def clean_text(rng: random.Random) -> Example:
    """Make one text of a dozen lines or so, of one kind."""
    kind = rng.choice(tuple(_PATTERNS))
    lines = [_filled(rng.choice(_PATTERNS[kind]), rng) for _ in range(rng.randint(1, 9))]
    glue = " " if kind in ("prose", "manual") and rng.random() < 0.6 else "\n"
    return Example(glue.join(lines), (), frozenset(LABELS), f"clean_{kind}")


def _filled(pattern: str, rng: random.Random) -> str:
    text = re.sub(r"(?<!\{)\{(\w+)\}(?!\})", lambda m: _slot(m.group(1), rng), pattern)
    return text.replace("{{", "{").replace("}}", "}")


def _slot(name: str, rng: random.Random) -> str:
    key = name.lower()
    if key in _SIMPLE:
        value = _SIMPLE[key](rng)
    elif key in numbers.SHAPES:
        value = numbers.shaped(key, rng)
    else:
        value = rng.choice(words(key))
    if name.isupper():
        return value.upper()
    return value[:1].upper() + value[1:] if name[0].isupper() else value


def _from(options: list[str] | tuple[str, ...]) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(options)


def _stamp(rng: random.Random) -> str:
    return (
        dates.day_between(rng, 2015, 2026)
        .strftime(rng.choice(_STAMPS))
        .replace("00:00", f"{rng.randrange(24):02}:{rng.randrange(60):02}")
    )  # one family


def _small_word(rng: random.Random) -> str:
    kind = rng.choice(("brand_word", "animal", "colour", "common_name_word", "brand_word"))
    return rng.choice(words(kind)).split()[-1].lower().strip("'")


_SIMPLE: dict[str, Callable[[random.Random], str]] = {
    "level": _from(_LEVELS),
    "adj": _from(words("adjective")),
    "thing": _from(words("thing")),
    "act": _from(words("act")),
    "cook": _from(words("cooking")),
    "pantry": _from(words("pantry")),
    "topic": _from(words("topic")),
    "relates": _from(_VERBS),
    "relates2": _from(("rain", "fail", "work", "help", "change")),
    "state": _from(_STATES),
    "stamp": _stamp,
    "klass": lambda r: names_in_code.make("class_name", r),
    "func": lambda r: names_in_code.make("function_name", r),
    "func0": lambda r: names_in_code.make("function_name", r).removesuffix("()"),
    "ident": lambda r: names_in_code.make("code_ident", r),
    "file": lambda r: names_in_code.make("file_name", r),
    "path": lambda r: names_in_code.make("path", r),
    "url": lambda r: names_in_code.make("url", r),
    "noun": lambda r: r.choice(names_in_code.NOUNS),
    "verb": lambda r: r.choice(names_in_code.VERBS),
    "verbing": lambda r: r.choice(names_in_code.VERBS) + "ing",
    "word": _small_word,
    "time": dates.clock,
    "thread": lambda r: f"{r.choice(('main', 'worker', 'pool', 'http-nio'))}-{r.randrange(20)}",
    "letter": lambda r: r.choice("ABCDEFGHIJKLMNOPRSTUVWXYZabcdefghijklnprstuvwxyz"),
    "hexes": lambda r: f"{r.randrange(256):02X}",
    "number": lambda r: r.choice((str(r.randrange(400)), f"{r.random() * 20:.2f}")),
    "accent": _from(("ACUTE", "GRAVE", "CARON", "DIAERESIS", "STROKE", "TILDE", "OGONEK")),
    "host": lambda r: f"{r.choice(('web', 'db', 'node', 'ip-10-0-0', 'prod'))}-{r.randrange(30)}",
    "daemon": _from(
        ("sshd", "cron", "systemd", "nginx", "dockerd", "kubelet", "postgres", "redis")
    ),
}
