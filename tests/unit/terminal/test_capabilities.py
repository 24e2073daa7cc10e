"""What is found out about the terminal and the locale."""

import io
import subprocess
import sys

import pytest

from tui.terminal import capabilities as terminal


class TestLocale:
    @pytest.mark.parametrize(
        ("environ", "coerced", "name"),
        [
            ({}, False, "C"),
            ({"LANG": "de_DE.UTF-8"}, False, "de_DE.UTF-8"),
            ({"LANG": "de_DE.UTF-8", "LC_CTYPE": "C"}, False, "C"),
            ({"LANG": "de_DE.UTF-8", "LC_CTYPE": "", "LC_ALL": ""}, False, "de_DE.UTF-8"),
            ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, "C.UTF-8"),
            ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, "C"),
            ({"LC_CTYPE": "C.UTF-8"}, True, "C"),
            ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, False, "POSIX"),
        ],
    )
    def test_given_variables_when_asked_then_the_locale_that_decides(
        self, environ: dict[str, str], coerced: bool, name: str
    ) -> None:
        assert terminal.locale_name(environ, coerced=coerced) == name

    @pytest.mark.parametrize("name", ["C.UTF-8", "C.utf8", "de_DE.UTF-8@euro", "UTF-8", "utf_8"])
    def test_given_a_name_with_utf8_when_asked_then_it_is(self, name: str) -> None:
        assert terminal.is_utf8(name)

    @pytest.mark.parametrize("name", ["C", "POSIX", "en_US", "en_US.ISO-8859-1", "ascii"])
    def test_given_a_name_without_utf8_when_asked_then_it_is_not(self, name: str) -> None:
        assert not terminal.is_utf8(name)

    @pytest.mark.parametrize(
        ("variables", "flag", "ascii_only"),
        [
            ("LANG=C.UTF-8", False, "False"),
            ("LANG=C.UTF-8", True, "True"),
            ("LANG=xx_XX.UTF-8", False, "False"),  # named but not installed here
            ("LC_CTYPE=C.UTF-8", False, "False"),
            ("LANG=C", False, "True"),
            ("LANG=POSIX", False, "True"),
            ("LANG=C.UTF-8 LC_ALL=C", False, "True"),
            ("LANG=en_US.ISO-8859-1", False, "True"),
            ("", False, "True"),  # no locale is the C locale
            # Python has put C.UTF-8 in the place of these, too
            ("LC_CTYPE=UTF-8", False, "False"),  # as macOS sends it over SSH
            ("LC_CTYPE=xx_XX.UTF-8", False, "False"),  # named but not installed here
            ("LC_CTYPE=xx_XX.ISO-8859-1", False, "True"),
            ("LC_CTYPE=UTF-8 LC_ALL=C", False, "True"),
            ("LANG=C.UTF-8 PYTHONIOENCODING=ascii", False, "True"),
        ],
    )
    def test_given_a_locale_when_python_has_made_its_own_of_it_then_what_is_drawn_fits_the_terminal(
        self, variables: str, flag: bool, ascii_only: str
    ) -> None:
        code = f"from tui.terminal.capabilities import needs_ascii; print(needs_ascii({flag}))"
        environ = dict(pair.split("=") for pair in variables.split())

        result = subprocess.run(
            [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
        )

        assert result.stdout == f"{ascii_only}\n"

    def test_given_the_environment_of_the_start_when_a_variable_is_asked_for_then_its_value(
        self,
    ) -> None:
        block = b"XLC_CTYPE=no\0LC_CTYPE=UTF-8\0EMPTY=\0LC_CTYPE=later\0"

        assert terminal.initial_variable("LC_CTYPE", block) == "UTF-8"
        assert terminal.initial_variable("EMPTY", block) == ""
        assert terminal.initial_variable("LANG", block) == ""


class FakeStream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("name", "is_terminal", "ascii_only"),
    [("linux", True, True), ("linux", False, False), ("xterm-256color", True, False)],
)
def test_given_a_terminal_type_without_braille_when_there_is_a_terminal_then_all_is_ascii(
    monkeypatch: pytest.MonkeyPatch, name: str, is_terminal: bool, ascii_only: bool
) -> None:
    for variable in ("LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", name)
    monkeypatch.setattr(sys, "stdout", FakeStream(False))
    monkeypatch.setattr(sys, "stderr", FakeStream(is_terminal))

    assert terminal.needs_ascii(False) is ascii_only


class TestInteractive:
    @pytest.mark.parametrize(
        ("stdin", "stderr", "term", "interactive"),
        [
            (True, True, "xterm-256color", True),
            (False, True, "xterm-256color", False),
            (True, False, "xterm-256color", False),
            (True, True, "dumb", False),
            (True, True, "", False),
        ],
    )
    def test_given_streams_and_a_terminal_type_when_asked_then_whether_a_dashboard_can_be_shown(
        self,
        monkeypatch: pytest.MonkeyPatch,
        stdin: bool,
        stderr: bool,
        term: str,
        interactive: bool,
    ) -> None:
        monkeypatch.setattr(sys, "stdin", FakeStream(stdin))
        monkeypatch.setattr(sys, "stderr", FakeStream(stderr))
        monkeypatch.setenv("TERM", term)

        assert terminal.interactive() is interactive

    def test_given_no_terminal_type_when_asked_then_nothing_can_be_redrawn(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("TERM", raising=False)

        assert terminal.can_redraw(FakeStream(True)) is False

    def test_given_a_stream_that_is_missing_or_closed_when_asked_then_it_cannot_be_redrawn(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TERM", "xterm")
        closed = io.StringIO()
        closed.close()

        assert terminal.can_redraw(None) is False
        assert terminal.can_redraw(closed) is False
