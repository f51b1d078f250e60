"""Starting a child process that is this program too, with pipes on its streams.

The child is a bare Python: it has this one's path and nothing else of its surroundings, so what
a user set for other programs does not reach it. It ends when its standard input does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["start_python"]

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {} import {}; {}()"
_KEPT = frozenset({"SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR"})


def start_python(
    module: str,
    call: str,
    *arguments: str,
    handles: tuple[int, ...] = (),
    environ: Mapping[str, str] | None = None,
    kept: frozenset[str] = _KEPT,
) -> subprocess.Popen[bytes]:
    """Start a Python that imports `module` and calls `call` of it.

    Args:
        module: its full name.
        call: a function without parameters; it finds `arguments` from `sys.argv[2]` on.
        arguments: for the child's command line, where other users can read them.
        handles: descriptors that it inherits beside its streams.
        environ: variables it gets.
        kept: names of the variables of this process that it gets too.

    Raises:
        OSError: no process could be started.
    """
    path = [os.path.abspath(one) for one in sys.path if one]  # noqa: PTH100  # also zip files
    return subprocess.Popen(
        [
            sys.executable,
            "-I",
            "-c",
            _BOOT.format(module, call, call),
            json.dumps(path),
            *arguments,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**(environ or {}), **{name: os.environ[name] for name in kept & os.environ.keys()}},
        start_new_session=True,
        pass_fds=handles,
    )
