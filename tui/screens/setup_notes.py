"""What the command line of a run does not bring, in words."""

from collections.abc import Sequence

from engine.messages.snapshot import Snapshot

BY_COMMAND = {
    "alpha": "alpha was changed",
    "adjust": "settings were changed",
    "rewind": "a divergence was undone",
    "new-data": "the points were drawn anew",
    "parameter": "weights were typed",
}
"""What the present course had done to it, by the recorded name of the command."""

OFF, FROZEN = "nodes were switched off", "parameters were frozen"
POINTS = ("add-point", "remove-point")


def was_steered(snapshot: Snapshot) -> bool:
    """Whether things were done to the run that a recording has, and the line has not."""
    return _has_edited_points(snapshot) or bool(_done(snapshot))


def notes_on(snapshot: Snapshot, *, piped: bool) -> list[str]:
    """A sentence or two for each thing that the line does not bring; none where it brings all. `piped`
    says whether the data came through a pipe, and are in a file that is deleted some day.
    """
    notes = []
    if piped:
        notes.append(
            "The data came through a pipe. The file that they are kept in is deleted some day; w writes"
            " all points into one of your own, which --data FILE learns."
        )
    if _has_edited_points(snapshot):
        notes.append(
            f"Not in it: {_edited(snapshot.edited_points)} by hand. w writes all points as they are"
            " into a file, which --data FILE learns."
        )
    done = _done(snapshot)
    if done:
        notes.append(
            f"Not in it: on the way, {_listed(done)}. It begins with the settings as they are now."
        )
    return notes


def _has_edited_points(snapshot: Snapshot) -> bool:
    return bool(snapshot.edited_points) or any(name in POINTS for name in snapshot.on_the_way)


def _edited(count: int) -> str:
    if count == 1:
        return "1 point, added or removed"
    return f"{count} points, added or removed" if count else "points, added or removed"


def _done(snapshot: Snapshot) -> list[str]:
    done = [BY_COMMAND[name] for name in BY_COMMAND if name in snapshot.on_the_way]
    if snapshot.edits.off or "node" in snapshot.on_the_way:
        done.append(OFF)
    if snapshot.edits.frozen or "freeze" in snapshot.on_the_way:
        done.append(FROZEN)
    return done


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
