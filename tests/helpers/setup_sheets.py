"""What a test reads from the set-up sheet of a dashboard, and how it finds its way in it."""

from engine.messages.commands import Configure
from helpers.apps import Dashboard


def row(shown: Dashboard) -> str:
    """The selected row, without what stands beside the sheet."""
    line = next(line for line in shown.lines if "│> " in line)
    return " ".join(line.rpartition("│> ")[2].rstrip(" │").split())


def sheet_text(shown: Dashboard) -> str:
    """All that stands in the sheet, as one line."""
    tops = [line.rfind("╭ Set-up") for line in shown.lines]
    left = max(tops)
    return " ".join(" ".join(line[left + 1 : -1] for line in shown.lines).split())


async def go_to(shown: Dashboard, name: str) -> None:
    """Select the row of that name, in whatever section it stands."""
    for _ in range(6):
        await shown.press("home", "home")
        for _ in range(16):
            if row(shown).startswith(f"{name} ") or row(shown) == name:
                return
            await shown.press("down")
        await shown.press("tab")
    raise AssertionError(f"no row {name} in\n{shown.text}")


async def begun(shown: Dashboard) -> Configure:
    """The run has begun anew with what was recorded for it."""
    await shown.until(lambda: any(isinstance(c, Configure) for c in shown.session.carried_out))
    await shown.settle()
    done = shown.session.carried_out[-1]
    assert isinstance(done, Configure)
    return done
