"""What a test reads from the set-up sheet of a dashboard, and how it gets to a row of it."""

from engine.messages.commands import Configure
from helpers.apps import Dashboard
from tui.widgets.setup.sheet import SetupSheet


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
    """Select the row of that name, in whatever section it stands: straight, as the way with keys takes
    long.
    """
    sheet = shown.app.dashboard.query_one(SetupSheet)
    state = sheet._state
    for section in range(len(state.sections)):
        state.go_to_section(section)
        names = [each.drawn().name for each in state.rows]
        if name in names:
            state.select(names.index(name))
            sheet.redraw()
            await shown.settle()
            return
    raise AssertionError(f"no row {name} in\n{shown.text}")


async def begun(shown: Dashboard) -> Configure:
    """The run has begun anew with what was recorded for it."""
    await shown.until(lambda: any(isinstance(c, Configure) for c in shown.session.carried_out))
    await shown.settle()
    done = shown.session.carried_out[-1]
    assert isinstance(done, Configure)
    return done
