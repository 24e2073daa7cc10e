"""Finds choices by what a person types. Loads no Textual."""

from collections.abc import Iterable, Sequence

from tui.charts.choices import Choice

KEY, NAME, NAME_BEGINS, NAME_WORD, WORD, TEXT, INSIDE, LETTERS = 8, 7, 6, 5, 4, 3, 2, 1
"""How well something is found, from best to least: `LETTERS` are some of its name, in order."""

LEAST_INSIDE = 3
"""Letters from which on the middle of a word is looked at, too."""


def found(typed: str, choices: Sequence[Choice]) -> list[int]:
    """Where in `choices` those are that `typed` finds, the best first; all if nothing is typed.

    Each typed word has to be a key, or the begin of a word of the name, of the further words or of
    the text; three letters and more may also stand inside of one.
    """
    whole = typed.strip().lower()
    parts = whole.split()
    ranks = [_rank(whole, parts, choice) for choice in choices]
    hits = [place for place, rank in enumerate(ranks) if rank > 0 or not parts]
    return sorted(hits, key=lambda place: -ranks[place])


def _rank(whole: str, parts: list[str], choice: Choice) -> int:
    if not parts:
        return 0
    if whole in (choice.name.lower(), choice.text.lower()):
        return NAME
    each = [_rank_of_word(part, choice) for part in parts]
    return min(each)


def _rank_of_word(part: str, choice: Choice) -> int:
    name, text = choice.name.lower(), choice.text.lower()
    if part in (key.lower() for key in choice.keys):
        return KEY
    if name.startswith(part):
        return NAME_BEGINS
    if _begins_one(part, name.split()):
        return NAME_WORD
    if _begins_one(part, choice.words):
        return WORD
    if _begins_one(part, text.split()):
        return TEXT
    if len(part) < LEAST_INSIDE:
        return 0
    if any(part in words for words in (name, text, *choice.words)):
        return INSIDE
    return LETTERS if _in_order(part, name) else 0


def _begins_one(part: str, words: Iterable[str]) -> bool:
    return any(word.startswith(part) for word in words)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
