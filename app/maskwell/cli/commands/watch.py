"""`maskwell watch`: a folder whose files get safe copies in another."""

import signal
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maskwell.cli.options import For, Policy, Scope, session_of
from maskwell.cli.terminal import say
from maskwell.errors import InputUnreadable, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.cli.session import Session
    from maskwell.watching import FolderWatch, WatchSettings

__all__ = ["watch"]

_Out = Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="Where the safe copies go.")]
_Once = Annotated[bool, typer.Option("--once", help="Work off what is there, and end.")]
_Retry = Annotated[
    bool, typer.Option("--retry", help="Put what is in quarantine back, to be tried again.")
]
_Fate = Annotated[
    str,
    typer.Option(
        "--source", metavar="FATE", help="Leave, move or shred a file once its copy is made."
    ),
]
_Mode = Annotated[
    str, typer.Option("--mode", metavar="MODE", help="Keep the layout, or make plain text.")
]
_Poll = Annotated[
    bool,
    typer.Option("--poll", help="Look again and again, for folders on a network."),
]
_Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, max=16, help="Files worked on at once.")
]
_Service = Annotated[
    str | None,
    typer.Option(
        "--install",
        metavar="KIND",
        help="Write a service file that watches at every login: systemd or launchd.",
    ),
]


def watch(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder to watch.")],
    *,
    out: _Out,
    once: _Once = False,
    retry: _Retry = False,
    source: _Fate = "leave",
    mode: _Mode = "layout",
    scope: Scope = None,
    policy: Policy = None,
    destination: For = None,
    poll: _Poll = False,
    workers: _Workers = 2,
    install: _Service = None,
) -> None:
    """Make safe copies of the files that are dropped into a folder.

    A file is taken when it has stood still. Its copy appears under a name without people in
    it, whole and checked or not at all, with a report beside it in maskwell-reports. What
    cannot be made safe is noted in maskwell-quarantine in the watched folder, with the reason.
    The vault is free for other programs whenever there is nothing to do.
    """
    from maskwell.documents.opening import MODES  # noqa: PLC0415  # loads the formats
    from maskwell.watching import WatchSettings  # noqa: PLC0415  # loads the engine

    if mode not in MODES:
        raise UsageError(f'There is no mode "{mode}"; say layout or text.')
    session = session_of(context)
    settings = WatchSettings.checked(
        folder,
        out,
        vault_home=session.home.root,
        scope=scope or session.settings.default.scope,
        policy=policy,
        destination=destination,
        mode=mode,
        source=source,
        is_polling=poll,
        workers=workers,
    )
    if install is not None:
        _install(session, settings, install)
    else:
        _watch(session, settings, once=once, retry=retry)


def _watch(session: "Session", settings: "WatchSettings", *, once: bool, retry: bool) -> None:
    from maskwell.cli.crash_log import record_crash  # noqa: PLC0415  # beside the work
    from maskwell.cli.watching_line import WatchingLine  # noqa: PLC0415  # likewise
    from maskwell.watching import FolderWatch, LendingDoor  # noqa: PLC0415  # loads the engine

    if session.has_vault:
        session.keep_key()
    door = LendingDoor(partial(session.open, detecting=True))
    with door.shield() as shield:
        # A wrong passphrase, policy or destination is told now, not with every file.
        shield.plan("", policy=settings.policy, destination=settings.destination)
    with WatchingLine() as line:
        watching = FolderWatch(settings, door, on_outcome=line.tell, on_crash=record_crash)
        if retry:
            say(f"{watching.retry()} files are tried again.")
        if not once:
            say("Watching; stop with Ctrl-C.")
        line.follow(watching)
        with _stopped_by_signals(watching):
            done = watching.run(once=once)
    say(f"{done.done} copies made, {done.same} had one already, {done.quarantined} in quarantine.")
    if once and (done.quarantined or done.later):
        raise InputUnreadable(
            f"{done.quarantined + done.later} files have no safe copy; the reasons are in "
            f"{settings.folder / 'maskwell-quarantine'}."
        )


@contextmanager
def _stopped_by_signals(watching: "FolderWatch") -> "Iterator[None]":
    """Let the end of a login or service end the work between two files, not inside one."""

    def stop(*_: object) -> None:
        watching.stop(0)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _install(session: "Session", settings: "WatchSettings", kind: str) -> None:
    from maskwell.watching.service import program, service_for  # noqa: PLC0415  # only asked for

    given = session.passphrase.file
    if given is None:
        raise UsageError(
            "A service has no one to ask: give the passphrase with --passphrase-file FILE "
            "before the command, a file that only you can read."
        )
    command = [
        *program(),
        *("--home", str(session.home.root.resolve())),
        *("--passphrase-file", str(Path(given).resolve())),
        *("watch", str(settings.folder), "--out", str(settings.out)),
        *("--scope", settings.scope, "--mode", settings.mode, "--source", settings.source),
        *(("--policy", settings.policy) if settings.policy else ()),
        *(("--for", settings.destination) if settings.destination else ()),
        *(("--poll",) if settings.is_polling else ()),
        *("--workers", str(settings.workers)),
    ]
    service = service_for(kind, command, settings.folder, user_home=Path.home())
    service.write()
    say(f"Written: {service.path}. Begin it with: {service.begin}")
