"""A small OLE2 file with folders and streams, for tests of Outlook messages.

Streams are padded with zeros to 4,096 bytes, so that all of them live in ordinary sectors.
"""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_ole(streams):
    """Return the bytes of an OLE2 file holding ``{"folder/folder/name": content}``."""
    folders = sorted({above for name in streams for above in _above(name)})
    names = ["Root Entry", *folders, *streams]
    chains, sectors = [], []
    starts = {}
    for name, raw in streams.items():
        content = raw.ljust(4096, b"\0")
        content += b"\0" * (-len(content) % SECTOR)
        starts[name] = (len(sectors), len(content))
        count = len(content) // SECTOR
        first = len(sectors)
        chains += [*range(first + 1, first + count), END]
        sectors += [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
    directory = _directory(names, folders, streams, starts)
    directory_start = len(sectors)
    count = len(directory) // SECTOR
    chains += [*range(directory_start + 1, directory_start + count), END]
    sectors += [directory[at : at + SECTOR] for at in range(0, len(directory), SECTOR)]
    fat_count = -(-(len(chains) + 8) // 128)
    fat_start = len(sectors)
    chains += [FAT] * fat_count
    chains += [FREE] * (128 * fat_count - len(chains))
    table = struct.pack(f"<{len(chains)}I", *chains)
    sectors += [table[at : at + SECTOR] for at in range(0, len(table), SECTOR)]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0" * 16, 0x3E, 3, 0xFFFE,
        9, 6, 0, fat_count, directory_start, 0, 4096, END, 0, END, 0,
    )  # fmt: skip
    places = [fat_start + index for index in range(fat_count)] + [FREE] * (109 - fat_count)
    return header + struct.pack("<109I", *places) + b"".join(sectors)


def _directory(names, folders, streams, starts):
    entries = []
    for index, name in enumerate(names):
        leaf = name.rpartition("/")[2]
        kind = 5 if index == 0 else 1 if name in folders else 2
        start, size = starts.get(name, (END, 0))
        parent = _parent(name)
        siblings = [other for other in names[1:] if _parent(other) == parent]
        place = siblings.index(name) if name in siblings else -1
        right = names.index(siblings[place + 1]) if 0 <= place < len(siblings) - 1 else FREE
        inside = [other for other in names[1:] if _parent(other) == ("" if index == 0 else name)]
        child = names.index(inside[0]) if inside and kind != 2 else FREE
        raw = (leaf + "\0").encode("utf-16-le")
        entries.append(
            struct.pack("<64sHBBIII16sI8s8sII", raw, len(raw), kind, 1, FREE, right, child,
                        b"\0" * 16, 0, b"\0" * 8, b"\0" * 8, start, size)
            + b"\0" * 4
        )  # fmt: skip
    entries += [struct.pack("<64sHBBIII48s", b"", 0, 0, 0, FREE, FREE, FREE, b"")] * (
        -len(entries) % 4
    )
    return b"".join(entry.ljust(128, b"\0")[:128] for entry in entries)


def _parent(name):
    return name.rpartition("/")[0]


def _above(name):
    """Every folder in which ``name`` stands."""
    parts = name.split("/")[:-1]
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]
