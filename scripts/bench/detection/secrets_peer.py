"""One secret scanner behind one protocol: JSON lines of texts in, JSON lines of spans out.

Runs under the interpreter that has the scanner installed. Usage: secrets_peer.py NAME
NAME is maskwell, credsweeper, credsweeper-rules or detect-secrets.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from collections.abc import Callable

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # a peer's onnxruntime would report its use

Spans = list[tuple[int, int]]
Scanner = Callable[[str], Spans]


def maskwell() -> Scanner:
    from maskwell.detection.recognizers.secrets import find_secrets

    return lambda text: [(m.start, m.end) for m in find_secrets(text)]


def credsweeper(*, with_model: bool) -> Scanner:
    from credsweeper import CredSweeper
    from credsweeper.file_handler.string_content_provider import StringContentProvider

    warnings.simplefilter("ignore", DeprecationWarning)
    app = CredSweeper(ml_threshold="medium" if with_model else 0)

    def scan(text: str) -> Spans:
        lines = text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        app.credential_manager.set_credentials(app.file_scan(StringContentProvider(lines)))
        app.post_processing(None)
        spans = []
        for candidate in app.credential_manager.candidates:
            for data in candidate.line_data_list:
                if data.value_start >= 0 and data.value:
                    at = starts[data.line_pos] + data.value_start
                    spans.append((at, at + len(data.value)))
        return spans

    return scan


def detect_secrets() -> Scanner:
    from detect_secrets.core.scan import scan_line
    from detect_secrets.settings import default_settings

    def scan(text: str) -> Spans:
        spans, offset = [], 0
        with default_settings():
            for line in text.split("\n"):
                for secret in scan_line(line):
                    at = line.find(secret.secret_value or "\0")
                    if at >= 0:
                        spans.append((offset + at, offset + at + len(secret.secret_value)))
                offset += len(line) + 1
        return spans

    return scan


SCANNERS: dict[str, Callable[[], Scanner]] = {
    "maskwell": maskwell,
    "credsweeper": lambda: credsweeper(with_model=True),
    "credsweeper-rules": lambda: credsweeper(with_model=False),
    "detect-secrets": detect_secrets,
}


def main() -> None:
    scan = SCANNERS[sys.argv[1]]()
    scan("warm = 'up'")
    texts = [json.loads(line) for line in sys.stdin if line.strip()]
    started = time.perf_counter()
    found = [scan(text) for text in texts]
    seconds = time.perf_counter() - started
    json.dump({"seconds": seconds, "spans": found}, sys.stdout)


if __name__ == "__main__":
    main()
