"""Whether everything ends with a process, by those that wait for it."""

from pathlib import Path

import pytest

from engine.client.first_process import all_ends_with

Chain = list[tuple[int, str]]
"""Processes with their command lines, each the parent of the next."""


def shown_in(folder: Path, chain: Chain) -> Path:
    parent = 0
    for pid, command in chain:
        (folder / str(pid)).mkdir()
        (folder / str(pid) / "stat").write_text(f"{pid} (a) b)) S {parent} 1 1")
        (folder / str(pid) / "cmdline").write_text(command.replace(" ", "\0") + "\0")
        parent = pid
    return folder


@pytest.mark.parametrize(
    ("chain", "ends"),
    [
        ([(1, "moonwalk")], True),
        ([(1, "/sbin/docker-init -- moonwalk"), (7, "moonwalk")], True),
        ([(1, "tini -- sh"), (2, "/bin/sh -c moonwalk"), (9, "moonwalk")], True),
        ([(1, "sh -c moonwalk;true"), (9, "moonwalk")], True),
        ([(1, "bash"), (9, "moonwalk")], False),
        ([(1, "-bash"), (9, "moonwalk")], False),
        ([(1, "tini -- bash"), (2, "bash"), (9, "moonwalk")], False),
        ([(1, "/sbin/init"), (9, "moonwalk")], False),
        ([(1, "/sbin/init"), (2, "sh -c moonwalk"), (9, "moonwalk")], False),
    ],
)
def test_given_those_that_wait_for_a_process_when_it_ends_then_it_is_known_whether_all_do(
    tmp_path: Path, chain: Chain, ends: bool
) -> None:
    assert all_ends_with(chain[-1][0], shown_in(tmp_path, chain)) is ends


def test_given_a_system_that_does_not_show_processes_when_asked_then_only_the_first_is_known(
    tmp_path: Path,
) -> None:
    assert all_ends_with(1, tmp_path)
    assert not all_ends_with(9, tmp_path)
