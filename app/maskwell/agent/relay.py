"""The short way of a command: to the agent and back, before anything heavy is imported.

A command that the agent can do is handed over with the caller's streams, folder and
environment; this process then only passes signals on and waits for the exit code. Whatever
stands in the way of that, the caller does the work itself, as if there were no agent.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import _socket

__all__ = ["relayed"]

_COMMANDS = frozenset(
    {"ask", "audit", "clip", "entity", "history", "ledger", "redact", "restore", "scan"}
)
"""What the agent's children do. Whatever lives long or changes the agent itself runs by itself
and asks the agent for the key alone."""
_WITH_VALUE = frozenset({"--home", "--passphrase-file", "--key-file"})
_FLAGS = frozenset({"--offline"})
_OWN_FILES = ("/dev/fd/", "/proc/self/", "/proc/thread-self/")
"""Names that mean something else in another process."""
_OFF = ("", "0", "f", "false", "n", "no", "off")
_ACCEPTING_S = 10.0
"""How long is waited until the agent begins; from then on it takes what it takes."""
_LOCKED = "The vault was locked before the command was done; do it once more.\n"
_BROKEN_OFF = (
    "The agent began too late, and the command was broken off; see what it has done before you "
    "do it once more.\n"
)
_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def relayed(arguments: list[str]) -> int | None:
    """Have the agent do a command and return its exit code; None when it is not to be had."""
    if os.environ.get("MASKWELL_NO_AGENT", "0") not in _OFF or "_MASKWELL_COMPLETE" in os.environ:
        return None
    is_for_agent, home = _looked_over(arguments)
    if not is_for_agent or os.name != "posix":
        return None
    from maskwell.agent import address  # noqa: PLC0415  # only when it may be of use

    root = address.home_root(home)
    path = address.socket_path(root)
    try:
        if not address.is_there(path) or address.refusal(path):
            return None
    except OSError:
        return None
    return _handed_over(path, root, arguments)


def _looked_over(arguments: list[str]) -> tuple[bool, str | None]:
    """Return whether the agent can do this command line, and the home it names."""
    home = None
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if name in _WITH_VALUE:
            value = value if equals else next(words, "")
            home = value if name == "--home" else home
        elif word not in _FLAGS:
            is_near = not any(place in one for one in arguments for place in _OWN_FILES)
            return word in _COMMANDS and is_near, home
    return False, home


def _handed_over(path: str, root: str, arguments: list[str]) -> int | None:
    from maskwell.agent import transport  # noqa: PLC0415  # there is somebody to talk to

    connection = transport.reach(path)
    if connection is None:
        return None
    signals = _Signals(connection)
    try:
        unfinished = _taken_on(connection, root, arguments, signals)
        return _waited(connection, signals.passed_on, unfinished) if unfinished else None
    finally:
        signals.leave()
        connection.close()


def _taken_on(
    connection: _socket.socket, root: str, arguments: list[str], signals: _Signals
) -> str:
    """Ask the agent; return what `_accepted` does, and "" where nobody can be asked."""
    from maskwell.agent import transport  # noqa: PLC0415  # loaded already

    unfinished = ""
    try:
        if transport.peer_uid(connection) == os.geteuid():
            connection.settimeout(_ACCEPTING_S)
            _ask(connection, root, arguments)
            signals.pass_on()
            unfinished = _accepted(connection)
            signals.is_heard = bool(unfinished)
    except OSError:
        pass
    return unfinished


def _ask(connection: _socket.socket, root: str, arguments: list[str]) -> None:
    """Send the command line with all it needs.

    Raises:
        OSError: nobody took it, or not in time.
    """
    from maskwell.agent import transport  # noqa: PLC0415  # loaded already
    from maskwell.agent.requests import RUN, written  # noqa: PLC0415  # likewise

    streams = _open_streams()
    request = written(
        RUN,
        root,
        folder=os.getcwd(),  # noqa: PTH109  # no pathlib on the short way
        streams="".join(streams),
        arguments=arguments,
        environ=dict(os.environb),
    )
    try:
        transport.send(connection, request, list(streams.values()))
    finally:
        if "t" in streams:
            os.close(streams["t"])


def _accepted(connection: _socket.socket) -> str:
    """Return "" if the agent does not do the work; else what to say if that does not end well.

    What was accepted in time is waited for without a limit. A child that has not accepted when
    the connection ends never begins: it can say so no more. One that did so between the end of
    the time and that of the connection is broken off, unless it is done by then; nobody else
    does its work then, for it may be half done.

    Raises:
        OSError: the agent is gone.
    """
    import _socket  # noqa: PLC0415  # loaded already

    from maskwell.agent.requests import ACCEPTED  # noqa: PLC0415  # likewise

    try:
        answer, unfinished = connection.recv(1), _LOCKED
    except TimeoutError:
        connection.shutdown(_socket.SHUT_RDWR)
        answer, unfinished = connection.recv(1), _BROKEN_OFF  # what was said in between
    connection.settimeout(None)
    return unfinished if answer == ACCEPTED else ""


class _Signals:
    """The signals this process gets: passed on to the one that does the work, once there is one.

    Before, nobody would hear them, and they do what they do to any process; the agent's child
    learns of that by the end of its connection.
    """

    def __init__(self, connection: _socket.socket) -> None:
        self._connection = connection
        self._before = {number: signal.getsignal(number) for number in _PASSED_ON}
        self.is_heard = False
        """Whether somebody does the work."""
        self.passed_on: list[int] = []

    def pass_on(self) -> None:
        """Begin; what this process was told to ignore it goes on ignoring."""
        for number, handler in self._before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, self._hear)

    def leave(self) -> None:
        """Hear signals as before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _hear(self, number: int, _frame: object) -> None:
        if not self.is_heard:
            _die_of(number)
        self.passed_on.append(number)
        try:
            self._connection.send(bytes([number]))
        except OSError:
            _die_of(number)


def _waited(connection: _socket.socket, forwarded: list[int], unfinished: str) -> int:
    from maskwell.agent.transport import receive_exactly  # noqa: PLC0415  # loaded already

    try:
        answer = receive_exactly(connection, 5)
    except (OSError, ValueError):
        if forwarded:
            _die_of(forwarded[-1])
        sys.stderr.write(unfinished)
        return 3
    return int.from_bytes(answer[1:], "big", signed=True)


def _open_streams() -> dict[str, int]:
    """Return the open standard streams and the terminal, by the names the agent knows."""
    found = {}
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            continue
        found[str(number)] = number
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return found
    return found | {"t": terminal}


def _die_of(number: int) -> None:
    """End as a process ends that does not hear this signal."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
