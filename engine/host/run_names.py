"""Names for runs, short enough to be typed and called across a room."""

import secrets
from collections.abc import Container

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aeiou"


def new_name(taken: Container[str]) -> str:
    """Two syllables, such as `bodu`, that are not `taken`; longer if many are."""
    name = ""
    while not name or name in taken:
        syllables = 2 if len(name) < 4 else 3
        name = "".join(
            secrets.choice(letters) for _ in range(syllables) for letters in (CONSONANTS, VOWELS)
        )
    return name
