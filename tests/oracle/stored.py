"""What real Jekyll makes of the generated documents, kept in one file so that the tests need no Ruby."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from tests.oracle.documents import Document

FACTS = Path(__file__).parent / "generated.jsonl.xz"
Facts = Mapping[str, Any]


def shortened(facts: Facts) -> dict[str, Any]:
    """Facts without the empty ones."""
    return {name: value for name, value in facts.items() if value and value != {"spans": [], "blocks": []}}


def checksum(document: Document) -> int:
    """Tells whether the stored facts are of the text that the generator makes today."""
    return crc32(f"{document.language}\n{document.text}".encode())


def load() -> dict[str, tuple[int, dict[str, Any]]]:
    """Checksum and facts by name of the document."""
    if not FACTS.exists():
        return {}
    lines = lzma.decompress(FACTS.read_bytes()).decode().splitlines()
    return {name: (crc, facts) for name, crc, facts in map(json.loads, lines)}


def save(rendered: Iterable[tuple[Document, Facts]]) -> list[str]:
    """Write the file if the facts have changed (its bytes may depend on the compressor); the names that have."""
    before = load()
    after = {document.name: (checksum(document), shortened(facts)) for document, facts in rendered}
    if before == after:
        return []
    lines = [json.dumps([name, crc, facts], ensure_ascii=False) for name, (crc, facts) in after.items()]
    draft = FACTS.with_suffix(".tmp")
    draft.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))
    draft.replace(FACTS)
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]
