"""`maskwell model`: the model files that may be loaded on this machine."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.completing import model_names
from maskwell.cli.options import AsJson, session_of
from maskwell.cli.tables import show, show_json
from maskwell.cli.terminal import say
from maskwell.config import remove_setting, write_setting
from maskwell.errors import IntegrityError, OfflineRefused, UsageError

if TYPE_CHECKING:
    from maskwell.cli.session import Session
    from maskwell.config import ModelSettings

__all__ = ["add_model", "app"]

app = typer.Typer(
    help="The model files that may be loaded on this machine.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
_COLUMNS = {"name": "name", "size_mb": "MB", "sha256": "SHA-256", "path": "file"}

_Name = Annotated[
    str,
    typer.Argument(metavar="NAME", autocompletion=model_names, help="The model, as it was added."),
]
_OwnName = Annotated[
    str, typer.Option("--name", metavar="NAME", help="What to call it (default: the file's name).")
]
_Replace = Annotated[
    bool, typer.Option("--replace", help="Take this file in place of the one of that name.")
]


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the models that were added; needs no passphrase."""
    rows = [_row(one) for one in session_of(context).settings.models.values()]
    show(rows, _COLUMNS, as_json=as_json, empty="No model was added yet: maskwell model add FILE.")


@app.command()
def add(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A GGUF file.")],
    *,
    name: _OwnName = "",
    replace: _Replace = False,
) -> None:
    """Add a model file; its SHA-256 is recorded, and a changed file is refused from then on."""
    model = add_model(session_of(context), Path(file), name=name, is_replacing=replace)
    say(
        f'"{model.name}" is added; use it with: '
        f"maskwell destination add {model.name} --kind llama --model {model.name}"
    )


@app.command()
def pull(
    context: typer.Context,
    repository: Annotated[str, typer.Argument(metavar="REPO", help="OWNER/NAME on the hub.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The GGUF file in it.")],
    *,
    revision: Annotated[
        str, typer.Option("--revision", metavar="SHA", help="The full commit: 40 digits.")
    ] = "",
    name: _OwnName = "",
    replace: _Replace = False,
) -> None:
    """Fetch a model file from a hub, at one commit, and add it."""
    session = session_of(context)
    if session.offline:
        raise OfflineRefused("Offline mode is on; nothing was pulled. Run without --offline.")
    from maskwell.shield import places  # noqa: PLC0415  # not for help

    path = places.pull(repository, file, revision, into=places.folder_of(session.home))
    model = add_model(
        session,
        path,
        name=name or Path(file).stem,
        source=f"{repository}@{revision}/{file}",
        is_replacing=replace,
    )
    say(f'"{model.name}" is pulled and added.')


@app.command()
def verify(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", autocompletion=model_names, help="Which (default: all)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read model files from end to end and compare them with what was added.

    Ends with 7 when one has changed.
    """
    from maskwell.shield import places  # noqa: PLC0415  # not for help

    session = session_of(context)
    models = session.settings.models
    chosen = [places.find_model(models, one) for one in names or models]
    rows, changed = [], []
    for one in chosen:
        try:
            places.checked(one, session.home, in_full=True)
        except IntegrityError:
            changed.append(one.name)
        rows.append({**_row(one), "unchanged": one.name not in changed})
    show(rows, {"name": "name", "unchanged": "unchanged", "path": "file"}, as_json=as_json)
    if changed:
        raise IntegrityError(
            f"Not the files that were added: {', '.join(changed)}; "
            "if you changed them, add them again with --replace."
        )


@app.command()
def remove(
    context: typer.Context,
    name: _Name,
    *,
    delete_file: Annotated[
        bool, typer.Option("--delete-file", help="Delete the file too, if it was pulled.")
    ] = False,
) -> None:
    """Forget a model. Its file stays, unless it was pulled and you say so."""
    from maskwell.shield import places  # noqa: PLC0415  # not for help

    session = session_of(context)
    model = places.find_model(session.settings.models, name)
    users = [d.name for d in session.settings.destinations.values() if d.model == model.name]
    remove_setting(session.home, ("models", model.name))
    path = Path(model.path)
    if delete_file and path.parent == places.folder_of(session.home).absolute():
        path.unlink(missing_ok=True)
    elif delete_file:
        say(f"Its file was not pulled and stays: {path}")
    said = f" It was used by: {', '.join(users)}." if users else ""
    say(f'"{model.name}" is forgotten.{said}')


@app.command()
def engine(
    context: typer.Context,
    *,
    do_install: Annotated[
        bool, typer.Option("--install", help="Build and install it; takes some minutes, once.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell whether the engine that runs models is installed, or install it."""
    from maskwell.shield import places  # noqa: PLC0415  # not for help

    session = session_of(context)
    if do_install and not places.is_installed():
        if session.offline:
            raise OfflineRefused("Offline mode is on; nothing was installed.")
        places.install(_Progress())
    there = places.is_installed()
    if as_json:
        show_json({"engine": "llama-cpp-python", "installed": there})
    elif there:
        say("The engine for local models is installed.")
    else:
        say("The engine is not installed; install it with: maskwell model engine --install.")


def add_model(
    session: "Session", path: Path, *, name: str = "", source: str = "", is_replacing: bool = False
) -> "ModelSettings":
    """Read a model file and write it down; return what is known of it.

    Raises:
        InputUnreadable: it is no sound GGUF file.
        UsageError: another file has that name already.
    """
    from maskwell.shield import places  # noqa: PLC0415  # not for help

    model, header = places.described(path, name=name, source=source)
    known = session.settings.models.get(model.name)
    if known is not None and known.sha256 != model.sha256 and not is_replacing:
        raise UsageError(
            f'Another file is called "{model.name}" already; give --replace, or a --name.'
        )
    table = {"path": model.path, "sha256": model.sha256}
    write_setting(
        session.home, ("models", model.name), {**table, **({"source": source} if source else {})}
    )
    context = f", {header.context_length:,} tokens" if header.context_length else ""
    say(f"{header.architecture}{context}, SHA-256 {model.sha256}")
    return model


def _row(model: "ModelSettings") -> dict[str, Any]:
    path = Path(model.path)
    size = path.stat().st_size if path.is_file() else None
    return {
        "name": model.name,
        "path": model.path,
        "sha256": model.sha256,
        "source": model.source,
        "size_bytes": size,
        "size_mb": "gone" if size is None else f"{size / 1e6:.1f}",
    }


class _Progress:
    """Tells each step once: over one line on a terminal, line by line elsewhere."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, said: str) -> None:
        if said == self._last:
            return
        self._last = said
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{said}" + ("\n" if said == "installed" else ""))
            sys.stderr.flush()
        elif not said.startswith("building") or said.rsplit(" step ", maxsplit=1)[-1].startswith(
            "1 "
        ):
            say(said)
