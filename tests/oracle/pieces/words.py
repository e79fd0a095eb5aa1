"""Words for the slots of pieces: `@1` ... `@4`, in the language of the document, chosen without chance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zlib import crc32

_SLOT = re.compile(r"@(\d)")
PHRASES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Create the key",
        "It's the user's first session",
        'Send "events" -- then wait',
        "Rate limit: 250,000 calls... per hour",
        "Paste the endpoint",
        "Read the guide (again)",
        "What is **new** here",
        "See [the list](https://example.com/list?a=1&b=2)",
        "Set `api_key` first",
        "Names & places",
        "Step 2 of 3",
        "A *short* note",
    ),
    "fr": (
        "Créer la clé",
        "L'étape d'après n'est pas loin",
        "Envoyer les « événements » : puis attendre",
        "Limite de débit : 250 000 appels... par heure",
        "Coller le point de terminaison",
        "Où est l'identifiant ?",
        "Ce qui est **nouveau** ici",
        "Voir [la liste](https://example.com/liste?a=1&b=2)",
        "Définir `api_key` d'abord",
        "Où & quand",
        "Étape 2 sur 3",
        "Une note *brève*",
    ),
}
PLAIN: Mapping[str, tuple[str, ...]] = {
    "en": ("Alpha", "Beta rate", "Gamma", "Delta key"),
    "fr": ("Été", "Bêta clé", "Noël", "Delta débit"),
}


def pick(seed: str, count: int) -> int:
    """A number below `count` that depends on nothing but the seed, on any machine."""
    return crc32(seed.encode()) % count


def filled(piece: str, seed: str, language: str, *, plain: bool = False) -> str:
    """The piece with words in its slots; `plain` keeps markup out of them."""
    phrases = (PLAIN if plain else PHRASES)[language]
    first = pick(seed, len(phrases))
    return _SLOT.sub(lambda slot: phrases[(first + int(slot[1])) % len(phrases)], piece)
