"""Score spans with presidio-evaluator's SpanEvaluator; run by an interpreter that has it.

Reads one JSON object a line from stdin, `{"text", "gold": [[start, end, type]], "found":
[[start, end, type]]}`, and writes one JSON object: precision, recall and F2 of all PII, and
recall by gold type (a gold span counts when findings of any type cover it with IoU ≥ 0.9).
"""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter

import pandas as pd
import spacy
from presidio_evaluator.evaluation import SpanEvaluator

IOU = 0.9


def tags(doc: spacy.tokens.Doc, spans: list[list]) -> list[str]:
    """Return one type a token: that of the span it overlaps."""
    by_character = ["O"] * (len(doc.text) + 1)
    for start, end, kind in spans:
        by_character[start:end] = [kind] * (end - start)
    return [
        next((t for t in by_character[w.idx : w.idx + len(w.text)] if t != "O"), "O") for w in doc
    ]


def main() -> None:
    """Score what stands on stdin."""
    logging.disable(logging.WARNING)
    tokenizer = spacy.blank("en")
    rows = []
    found, missed = Counter(), Counter()
    evaluator = SpanEvaluator(iou_threshold=IOU)
    for number, line in enumerate(sys.stdin):
        case = json.loads(line)
        doc = tokenizer(case["text"])
        gold, mine = tags(doc, case["gold"]), tags(doc, case["found"])
        rows += [
            {"sentence_id": number, "token": w.text, "start_indices": w.idx, "annotation": g,
             "prediction": p}
            for w, g, p in zip(doc, gold, mine, strict=True)
        ]  # fmt: skip
        for start, end, kind in case["gold"]:
            covered = sum(max(0, min(end, e) - max(start, s)) for s, e, _ in case["found"])
            (found if covered >= IOU * (end - start) else missed)[kind] += 1
    result = evaluator.calculate_score_on_df(pd.DataFrame(rows), beta=2, level="pii")
    kinds = sorted(found | missed)
    print(
        json.dumps(
            {
                "precision": result.pii_precision,
                "recall": result.pii_recall,
                "f2": result.pii_f,
                "by_type": {k: [found[k], found[k] + missed[k]] for k in kinds},
            }
        )
    )


if __name__ == "__main__":
    main()
