"""Outlook messages built for the tests: a small writer of compound files, and what Outlook puts in.

The libraries only read this container, so the few structures that a message needs are laid out
here after the published description of the format.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass
class Storage:
    """A folder of the container."""

    name: str
    streams: dict[str, bytes] = field(default_factory=dict)
    storages: list[Storage] = field(default_factory=list)


def _properties(fixed: dict[int, int], texts: dict[int, str], blobs: dict[int, bytes], head: int):
    """Return the streams that hold a table of properties with a header of `head` bytes."""
    table = b"\0" * head
    streams = {}
    for tag, value in fixed.items():
        table += struct.pack("<HHIQ", 0x0003, tag, 6, value)
    for tag, text in texts.items():
        raw = text.encode("utf-16-le")
        table += struct.pack("<HHIII", 0x001F, tag, 6, len(raw) + 2, 0)
        streams[f"__substg1.0_{tag:04X}001F"] = raw
    for tag, raw in blobs.items():
        table += struct.pack("<HHIII", 0x0102, tag, 6, len(raw), 0)
        streams[f"__substg1.0_{tag:04X}0102"] = raw
    return streams | {"__properties_version1.0": table}


def message(  # noqa: PLR0917  # in the order in which a reader meets them
    subject: str,
    body: str,
    sender: tuple[str, str],
    to: list[tuple[str, str]],
    files: dict[str, bytes] | None = None,
    inner: Storage | None = None,
    *,
    is_inside: bool = False,
    html: bytes = b"",
) -> Storage:
    """Return a message with its recipients and attachments."""
    texts = {
        0x0037: subject,
        0x1000: body,
        0x0C1A: sender[0],
        0x0C1F: sender[1],
        0x001A: "IPM.Note",
    }
    blobs = {0x1013: html} if html else {}
    head = 24 if is_inside else 32
    root = Storage("", _properties({0x3FDE: 65001}, texts, blobs, head))
    for number, (name, address) in enumerate(to):
        streams = _properties({0x0C15: 1}, {0x3001: name, 0x39FE: address, 0x3003: address}, {}, 8)
        root.storages.append(Storage(f"__recip_version1.0_#{number:08X}", streams))
    for number, (name, data) in enumerate((files or {}).items()):
        streams = _properties({0x3705: 1}, {0x3707: name}, {0x3701: data}, 8)
        root.storages.append(Storage(f"__attach_version1.0_#{number:08X}", streams))
    if inner is not None:
        inner.name = "__substg1.0_3701000D"
        streams = _properties(
            {0x3705: 5}, {0x3707: inner.streams["__substg1.0_0037001F"].decode("utf-16-le")}, {}, 8
        )
        number = len(files or {})
        root.storages.append(Storage(f"__attach_version1.0_#{number:08X}", streams, [inner]))
    return root


def compound(root: Storage) -> bytes:
    """Return the container as bytes; every stream lies in ordinary sectors."""
    entries: list[tuple[str, int, bytes, list[int]]] = []

    def add(storage: Storage, kind: int) -> int:
        number = len(entries)
        entries.append((storage.name or "Root Entry", kind, b"", []))
        for name, data in storage.streams.items():
            entries[number][3].append(len(entries))
            entries.append((name, 2, data.ljust(4096, b"\0") if len(data) < 4096 else data, []))
            sizes[len(entries) - 1] = len(data)
        for inner in storage.storages:
            entries[number][3].append(add(inner, 1))
        return number

    sizes: dict[int, int] = {}
    add(root, 5)
    fat: list[int] = []
    body = b""

    def place(data: bytes) -> int:
        nonlocal body
        count = -(-len(data) // _SECTOR)
        first = len(fat)
        fat.extend([*range(first + 1, first + count), _END])
        body += data.ljust(count * _SECTOR, b"\0")
        return first

    mini: list[int] = []
    ministream = b""
    starts = {}
    for number, (_, kind, _, _) in enumerate(entries):
        if kind != 2:
            continue
        size = sizes[number]
        data = entries[number][2][:size]
        if size >= 4096:
            starts[number] = place(data)
        elif size:
            starts[number] = len(mini)
            count = -(-size // 64)
            mini.extend([*range(len(mini) + 1, len(mini) + count), _END])
            ministream += data.ljust(count * 64, b"\0")
    root_start = place(ministream) if ministream else _END
    raw = struct.pack(f"<{len(mini)}I", *mini)
    mini_start = place(raw.ljust(-(-len(raw) // _SECTOR) * _SECTOR, b"\xff")) if mini else _END
    mini_sectors = -(-len(raw) // _SECTOR)
    directory = b"".join(
        _entry(entries, number, starts, sizes, root_start, len(ministream))
        for number in range(len(entries))
    )
    directory_start = place(directory)
    fat_sectors = 1
    while (len(fat) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    fat_start = len(fat)
    fat.extend([_FAT] * fat_sectors)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * _SECTOR, b"\xff")
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, directory_start, 0, 4096, mini_start, mini_sectors, _END, 0,
    )  # fmt: skip
    difat = struct.pack(
        "<109I", *range(fat_start, fat_start + fat_sectors), *[_FREE] * (109 - fat_sectors)
    )
    return head + difat + body + table


def _entry(  # noqa: PLR0917  # what the container knows of itself
    entries, number, starts, sizes, root_start, root_size
) -> bytes:
    name, kind, _, kids = entries[number]
    left = right = _FREE
    # Siblings hang on one another as a list, which is a tree no reader minds.
    for _, _, _, others in entries:
        if number in others and others.index(number) + 1 < len(others):
            right = others[others.index(number) + 1]
    raw = name.encode("utf-16-le")
    start = root_start if kind == 5 else starts.get(number, _END if kind == 2 else 0)
    size = root_size if kind == 5 else sizes.get(number, 0)
    return struct.pack(
        "<64sHBBIII16xI8x8xIQ",
        raw, len(raw) + 2, kind, 1, left, right, kids[0] if kids else _FREE, 0, start, size,
    )  # fmt: skip
