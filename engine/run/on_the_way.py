"""What of a run's commands has made its present course another than its configuration alone would."""

from collections.abc import Sequence

from engine.messages.commands import Configure, Reset, RestoreCourse, SetAlpha
from engine.run.command_log import Recorded


def done_on_the_way(commands: Sequence[Recorded]) -> tuple[str, ...]:
    """The names, as in a recording, of those that have decided the present course since it began, each
    once. One that sets alpha before the first update is part of its beginning.
    """
    names = dict.fromkeys(
        one.command.recorded_as
        for one in _of_present_course(commands)
        if one.command.changes_course and not (isinstance(one.command, SetAlpha) and not one.step)
    )
    return tuple(names)


def _of_present_course(commands: Sequence[Recorded]) -> list[Recorded]:
    """Those since it began: a course that was given up and brought back has its own again."""
    present: list[Recorded] = []
    kept: list[Recorded] = []
    for one in commands:
        match one.command:
            case Reset() | Configure():
                # a course without an update is not kept
                if one.command.keeps and one.step:
                    kept = present
                present = []
            case RestoreCourse():
                kept, present = present, kept
            case _:
                present.append(one)
    return present
