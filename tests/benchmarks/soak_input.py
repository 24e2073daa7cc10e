"""What a terminal sends that is no key: answers to requests, and pastes; whole or in pieces."""

import random

ESC, END = "\x1b", "\x1b\\"

ANSWERS = [
    f"{ESC}]10;rgb:d8d8/dede/e6e6{END}",
    f"{ESC}]11;rgb:1010/1515/1c1c\x07",
    f"{ESC}]4;1;rgb:cdcd/0000/0000{END}",
    f"{ESC}[?997;1n",  # dark or light
    f"{ESC}[?1u",  # the kitty keyboard's flags
    f"{ESC}[?62;22c",  # what it is
    f"{ESC}[>41;390;0c",
    f"{ESC}P1$r0m{END}",  # a setting
    f"{ESC}P>|quick terminal(390){END}",  # its name and version
    f"{ESC}P1+r544e=787465726d{END}",
    f"{ESC}_Gi=31;requested quietly{END}",
    f"{ESC}^a private message{END}",
    f"{ESC}Xa string{END}",
    f"{ESC}[0n",  # displayed, though nobody has asked
    f"{ESC}[?2026;2$y",
    f"{ESC}[I",
    f"{ESC}[O",
]
"""Most hold letters that are keys."""

PASTE_START, PASTE_END = f"{ESC}[200~", f"{ESC}[201~"
PASTED = [
    "0.33",
    "question\rquit\rnrd\r",
    f"red {ESC}[31mq{ESC}[0m\n",
    f"{ESC}]0;title\x07 qqq",
    f"{ESC}{ESC}q",
    "漢é" * 20,
    "x" * 5_000,
]


def answers(chance: random.Random) -> str:
    """One answer or a few at once."""
    return "".join(chance.choices(ANSWERS, k=chance.choice([1, 1, 1, 4])))


def paste(chance: random.Random) -> str:
    """A bracketed paste, of which one in four never ends."""
    return PASTE_START + chance.choice(PASTED) + chance.choice([PASTE_END] * 3 + [""])


def cut(chance: random.Random, text: str) -> list[str]:
    """`text` in up to four pieces, as a slow line brings it."""
    places = sorted(chance.choices(range(len(text) + 1), k=chance.randint(0, 3)))
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True) if a < b]
