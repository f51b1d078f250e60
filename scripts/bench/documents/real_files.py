"""Make every file of a folder safe, bring it back, and open its copy in other programs.

    python scripts/bench/documents/real_files.py [FOLDER]

FOLDER (default: ../shared/data/documents beside the checkout) is walked, with a real vault and
detection on. Each file comes out as a copy that its second library opened, or is refused with a
sentence. The copy is restored, without the original the vault could give, and its texts are
compared with those of the file; where only the words came back, the words. Pictures are left
out of that. Where LibreOffice is installed it opens each copy of an Office file and prints it
as a PDF. Prints a line a file and a table by kind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2

from maskwell.config import DocumentSettings
from maskwell.documents import open_document
from maskwell.errors import MaskwellError
from maskwell.shield import Shield
from maskwell.shield.files import restore_file, sanitise_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.documents import Sanitised

_OFFICE = frozenset(("docx", "xlsx", "pptx", "odt", "rtf"))
_TEXTLESS = frozenset(("png", "jpg", "tiff"))
_OPENING_S = 600
_COLUMNS = ("files", "layout", "text", "refused", "same text back", "opened by LibreOffice")


def texts_of(data: bytes, name: str) -> list[str]:
    """Return the texts of a file, in order."""
    return [segment.text for segment in open_document(data, name).segments]


def comes_back(shield: Shield, data: bytes, name: str, safe: Sanitised) -> bool:
    """Whether restoring a copy gives the file's texts again."""
    back, _ = restore_file(shield, safe.data, safe.name, scope="all")
    if back.name.endswith(".txt") or safe.kind == "msg":
        return words_of(back.data, back.name) == words_of(data, name)
    return texts_of(back.data, back.name) == texts_of(data, name)


def words_of(data: bytes, name: str) -> list[str]:
    """Return the words of a file, whatever their order."""
    return sorted(open_document(data, name, mode="text").rewritten({}).decode().split())


def opened(paths: Iterable[Path], folder: Path) -> set[str]:
    """Return the names of the files that LibreOffice made a PDF with pages of."""
    listed = [str(path) for path in paths]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir"]
    subprocess.run(
        [*command, str(folder / "pdfs"), *listed], check=False, capture_output=True,
        timeout=_OPENING_S,
    )  # fmt: skip
    found = set()
    for path in (folder / "pdfs").glob("*.pdf"):
        with pypdfium2.PdfDocument(path) as pdf:
            if len(pdf):
                found.add(path.stem)
    return found


def tried(shield: Shield, path: Path, number: int, out: Path) -> tuple[str, set[str], str]:
    """Take one file there and back; return its kind, what is true of it, and a line to print."""
    data = path.read_bytes()
    try:
        safe = sanitise_file(shield, data, path.name, scope="all")
    except MaskwellError as error:
        return path.suffix.strip(".").lower(), {"files", "refused"}, f"refused: {error}"
    facts = {"files", safe.mode if safe.mode != "pictures" else "layout"}
    if safe.kind not in _TEXTLESS and comes_back(shield, data, path.name, safe):
        facts.add("same text back")
    if safe.kind in _OFFICE and safe.mode == "layout":
        (out / f"{number}.{safe.kind}").write_bytes(safe.data)
    line = f"{safe.mode} replaced {safe.replaced} left out {len(safe.dropped)}"
    return safe.kind, facts, line + (", same text back" if "same text back" in facts else "")


def main() -> None:
    here = Path(__file__).resolve().parents[3]
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared/data/documents"
    os.environ["MASKWELL_VAULT_KDF_MEMORY_MIB"] = "64"
    table: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as name, Shield.create(f"{name}/home", "a b c d") as shield:
        documents = DocumentSettings(originals="forget")
        shield.settings = replace(shield.settings, documents=documents)
        out = Path(name)
        for number, path in enumerate(sorted(one for one in folder.rglob("*") if one.is_file())):
            kind, facts, line = tried(shield, path, number, out)
            kinds[str(number)] = kind
            table[kind].update(facts)
            print(f"{path.name:44} {kind:5} {line}", flush=True)
        copies = [path for path in out.iterdir() if path.suffix.strip(".") in _OFFICE]
        if shutil.which("soffice") and copies:
            for stem in opened(copies, out):
                table[kinds[stem]]["opened by LibreOffice"] += 1
    print(f"\n| kind | {' | '.join(_COLUMNS)} |\n|---|{'---|' * len(_COLUMNS)}")
    for kind, row in sorted(table.items()):
        print(f"| {kind} | {' | '.join(str(row[column]) for column in _COLUMNS)} |")


if __name__ == "__main__":
    main()
