"""What the dashboard says in passing: a line of its own, in nobody's way, and gone again."""

from dataclasses import replace

import pytest

from helpers.apps import ASCII_OPTIONS, NARROW, OPTIONS, WIDE, Dashboard, dashboard
from tui.app import app


def tell(shown: Dashboard, text: str, *, trouble: bool = False) -> None:
    assert shown.session.on_notice is not None
    shown.session.on_notice(text, trouble)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_given_messages_when_shown_then_they_lie_in_the_corner_of_the_loss_and_nowhere_else(
    size: tuple[int, int],
) -> None:
    async with dashboard(size=size, ticks=1) as shown:
        before = shown.lines
        tell(shown, "saved in /srv/runs/meto.npz")
        tell(shown, "not saved: /srv/runs: No space left on device", trouble=True)
        await shown.settle()

        assert shown.lines[2].endswith("▌ saved in /srv/runs/meto.npz ▐│")
        assert shown.lines[3].endswith("▌ not saved: /srv/runs: No space left on device ▐│")
        assert shown.lines[:2] == before[:2]
        assert shown.lines[4:] == before[4:]


async def test_given_a_message_when_its_time_is_over_then_the_picture_is_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "NOTICE_SECONDS", 0.2)
    async with dashboard(size=NARROW, ticks=1) as shown:
        before = shown.lines
        tell(shown, "saved in meto.npz")
        tell(shown, "saved in meto.npz")
        await shown.until(lambda: "meto" in shown.text)
        await shown.until(lambda: shown.lines == before)


async def test_given_a_name_with_brackets_when_told_then_it_is_no_markup() -> None:
    async with dashboard(ticks=1) as shown:
        tell(shown, "saved in /srv/[b]new[/b]/[red.npz")
        await shown.settle()

        assert "▌ saved in /srv/[b]new[/b]/[red.npz ▐" in shown.text


async def test_given_a_path_in_the_home_when_told_then_it_is_short(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    async with dashboard(ticks=1) as shown:
        tell(shown, "saved in /home/ada/.local/state/moonwalk/runs/meto.npz")
        await shown.settle()

        assert "▌ saved in ~/.local/state/moonwalk/runs/meto.npz ▐" in shown.text


@pytest.mark.parametrize("size", [WIDE, NARROW, (60, 18), (30, 10)])
async def test_given_more_than_two_lines_when_told_then_begin_and_end_are_kept(
    size: tuple[int, int],
) -> None:
    async with dashboard(size=size, options=ASCII_OPTIONS, ticks=1) as shown:
        before = shown.lines
        tell(shown, "not saved: " + " ".join(["word"] * 60) + " no space", trouble=True)
        await shown.settle()

        assert "| not saved: word" in shown.lines[2]
        assert "no space" in shown.lines[3]
        assert shown.lines[4:] == before[4:]


async def test_given_a_slow_line_when_told_then_it_stands_in_the_header_until_it_is_over() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        before = shown.lines
        shown.app.dashboard.line_notice = "slow line: a frame takes 2 s"
        await shown.settle()
        assert shown.lines[0].endswith("   slow line: a frame takes 2 s ")
        assert shown.lines[1:] == before[1:]

        shown.app.dashboard.line_notice = ""
        await shown.settle()
        assert shown.lines == before


async def test_given_warnings_of_the_set_up_when_it_begins_then_they_are_shown() -> None:
    warning = "order: it has no effect on the full batch"
    options = replace(OPTIONS, warnings=(warning,))
    async with dashboard(ticks=1, options=options) as shown:
        await shown.settle()

        assert f"▌ {warning} ▐" in shown.text
