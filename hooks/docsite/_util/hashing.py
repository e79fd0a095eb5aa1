"""Fingerprints of texts."""

from __future__ import annotations

from hashlib import blake2b


def content_hash(*parts: str | bytes) -> str:
    """A fingerprint of some texts, another one for others."""
    made = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()
