"""How long an escape waits."""

import pytest

from tui.terminal.escape_delay import escape_seconds

SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({}, 0.1),
        (SSH, 0.5),
        ({"ESCDELAY": "25"}, 0.025),
        (SSH | {"ESCDELAY": "1000"}, 1.0),
        ({"ESCDELAY": "0"}, 0.1),
        ({"ESCDELAY": "-5"}, 0.1),
        ({"ESCDELAY": "long"}, 0.1),
        ({"ESCDELAY": "²"}, 0.1),
        ({"ESCDELAY": "99999999"}, 0.1),
    ],
    ids=str,
)
def test_given_an_environment_when_read_then_an_escape_waits_so_long(
    environ: dict[str, str], seconds: float
) -> None:
    assert escape_seconds(environ) == seconds
