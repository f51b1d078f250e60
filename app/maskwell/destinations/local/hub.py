"""Fetching a model file from a hub: one named file, at one pinned revision, when asked.

No account and no telemetry is used, no proxy in the environment, and what arrives is checked
against the SHA-256 the hub gives for it and read as a GGUF file before it is kept.
"""

from __future__ import annotations

import importlib
import logging
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from maskwell.destinations.local.files import measure
from maskwell.destinations.local.gguf import read_header
from maskwell.destinations.wire import certificates, http_of
from maskwell.errors import (
    DestinationRefused,
    DestinationUnreachable,
    InputUnreadable,
    IntegrityError,
    UsageError,
)

__all__ = ["pull"]

_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_FILE = re.compile(r"(?!.*\.\.)[A-Za-z0-9][\w./-]*\.gguf", re.IGNORECASE)
_REVISION = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TIMEOUT_S = 30.0
_SETTINGS = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
}


def pull(repository: str, file: str, revision: str, *, into: Path) -> Path:
    """Fetch one file of a repository and return where it is now.

    Args:
        repository: `owner/name` on the hub.
        file: the file's path in it, ending in `.gguf`.
        revision: the full commit, 40 hexadecimal digits: a name could mean another file tomorrow.
        into: the folder to keep it in; made when it is missing.

    Raises:
        UsageError: an argument is not of that form, or the hub's library is not installed.
        DestinationUnreachable, DestinationRefused: the hub did not answer, or has no such file.
        IntegrityError: what came is not what the hub said.
        InputUnreadable: it is no sound GGUF file, or cannot be written.
    """
    _check(repository, file, revision)
    hub = _library()
    target = into / f"{repository.replace('/', '--')}--{revision[:12]}--{Path(file).name}"
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into, prefix=".pull-") as folder:
            came = _fetched(hub, repository, file, revision, folder)
            read_header(came)
            came.replace(target)
    except OSError as error:
        raise InputUnreadable(f'The model cannot be kept in "{into}".') from error
    return target


def _check(repository: str, file: str, revision: str) -> None:
    if not _REPOSITORY.fullmatch(repository):
        raise UsageError(f'"{repository}" is no repository; write OWNER/NAME.')
    if not _FILE.fullmatch(file):
        raise UsageError(f'"{file}" is no model file of a repository; its name ends in .gguf.')
    if not _REVISION.fullmatch(revision):
        raise UsageError(
            "Give the full commit with --revision (40 hexadecimal digits), so that the file "
            "cannot change under its name."
        )


def _library() -> Any:
    os.environ.update(_SETTINGS)
    try:
        hub: Any = importlib.import_module("huggingface_hub")
        utils: Any = importlib.import_module("huggingface_hub.utils")
    except ImportError as error:
        raise UsageError(
            "Pulling models needs one more library; install it with: "
            "maskwell model engine --install."
        ) from error
    logging.getLogger("huggingface_hub").setLevel(logging.CRITICAL)
    http = http_of(type(utils.get_session()))

    def client() -> Any:
        return http.Client(
            trust_env=False,
            # A hub sends the file itself from a store with an address of its own.
            follow_redirects=True,
            timeout=http.Timeout(_TIMEOUT_S),
            limits=http.Limits(max_keepalive_connections=0),
            verify=certificates(http),
        )

    hub.set_client_factory(client)
    return hub


def _fetched(hub: Any, repository: str, file: str, revision: str, folder: str) -> Path:
    endpoint = os.environ.get("HF_ENDPOINT") or None
    where = {"revision": revision, "endpoint": endpoint}
    try:
        url = hub.hf_hub_url(repository, file, **where)
        promised = str(hub.get_hf_file_metadata(url, token=False).etag or "")
        came = Path(hub.hf_hub_download(repository, file, local_dir=folder, token=False, **where))
    except hub.errors.EntryNotFoundError as error:
        raise DestinationRefused(f'The hub has no "{file}" in "{repository}" there.') from error
    except hub.errors.HfHubHTTPError as error:
        raise DestinationRefused(
            f'The hub does not give out "{repository}" at that revision.'
        ) from error
    except Exception as error:
        # The library lets its HTTP client's errors through, whichever client that is.
        raise DestinationUnreachable("The hub cannot be reached; nothing was kept.") from error
    if _SHA256.fullmatch(promised) and measure(came) != promised:
        raise IntegrityError("What the hub sent is not the file it named; nothing was kept.")
    return came
