"""What a terminal sends, split into keys, pastes and answers that are none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.key_input import InputParser
from tui.terminal.paste_input import Paste

UP = "\x1b[A"
LONG_AGO = 3600.0

KEYS = [
    *("r", "é", "漢", "\r", "\x7f", "\x1b[A", "\x1bOA", "\x1b[1;5A", "\x1b[3~", "\x1b[3$"),
    *("\x1b[[A", "\x1ba", "\x1bé", "\x1b[97;5u", "\x1b[97;;97u", "\x1b[I", "\x1b[<0;3;4M"),
    *("\x1b[48;24;80;0;0t", "\x1b[?2026;2$y", "\x1b[12;40R"),
]
"""Keys and reports; none of them ends or begins with what could belong to another."""

STRINGS = [
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]4;1;rgb:cdcd/0000/0000\x07",
    "\x1bP1+r524742=38\x1b\\",
    "\x1bP1$r0 q\x1b\\",
    "\x1bP>|XTerm(390)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
]
OTHER_STRINGS = ["\x1b^run\x1b\\", "\x1bXrun\x1b\\"]
STATUS = ["\x1b[0n", "\x1b[3n"]
CLICKS_OF_X10 = ["\x1b[M !!", "\x1b[M#qr"]
TEXTS = st.text(st.sampled_from("aq\r\x1b[]?~;01\x03é漢"), max_size=20)
PASTES = TEXTS.map(lambda text: f"\x1b[200~{text}\x1b[201~")

SENT = st.lists(
    st.one_of(
        st.sampled_from(KEYS),
        st.sampled_from(STRINGS + OTHER_STRINGS + STATUS + CLICKS_OF_X10),
        PASTES,
    ),
    max_size=8,
).map("".join)


class Terminal:
    """Sends to a parser, by a clock that stands until it is moved."""

    def __init__(self, escape_seconds: float = 0.1) -> None:
        self.statuses = 0
        self.found: list[str | Paste] = []
        self._parser = InputParser(self._count, escape_seconds)
        self._now = 1000.0

    def _count(self) -> None:
        self.statuses += 1

    def send(self, data: str | bytes) -> "Terminal":
        data = data.encode() if isinstance(data, str) else data
        self.found += self._parser.feed(data, self._now)
        return self

    def wait(self, seconds: float) -> "Terminal":
        """As often as the thread looks, which is more often than anything is decided."""
        for _ in range(round(min(seconds, 20.0) / 0.05)):
            self._now += 0.05
            self.found += self._parser.tick(self._now)
        self._now += 0.001
        return self


def found_in(data: str | bytes) -> list[str | Paste]:
    return Terminal().send(data).wait(LONG_AGO).found


class TestKeys:
    @pytest.mark.parametrize("key", KEYS, ids=ascii)
    def test_given_a_key_when_it_comes_then_it_is_whole_at_once(self, key: str) -> None:
        assert Terminal().send(key).found == [key]

    def test_given_an_escape_when_nothing_follows_then_it_is_the_key_after_its_time(self) -> None:
        terminal = Terminal().send("\x1b").wait(0.05)
        assert terminal.found == []
        assert terminal.wait(0.1).found == ["\x1b"]

    def test_given_a_long_escape_time_when_the_rest_is_late_then_it_is_one_key(self) -> None:
        assert Terminal(0.5).send("\x1b").wait(0.3).send("[A").wait(1).found == [UP]

    def test_given_a_long_escape_time_when_a_letter_is_late_then_they_are_two_keys(self) -> None:
        assert Terminal(0.5).send("\x1b").wait(0.3).send("r").found == ["\x1b", "r"]

    @pytest.mark.parametrize("key", ["[", "]", "O", "P"])
    def test_given_a_long_escape_time_when_an_introducer_is_typed_then_they_are_two_keys(
        self, key: str
    ) -> None:
        assert Terminal(0.5).send("\x1b").wait(0.3).send(key).wait(0.6).found == ["\x1b", key]

    def test_given_a_reader_that_looked_late_when_all_is_there_then_it_is_one_key(self) -> None:
        terminal = Terminal().send("\x1b")
        terminal._now += 5.0
        assert terminal.send("[A").found == [UP]

    def test_given_two_escapes_at_once_when_nothing_follows_then_both_are_keys(self) -> None:
        assert found_in("\x1b\x1b") == ["\x1b", "\x1b"]

    @pytest.mark.parametrize("introducer", "[]P_^X")
    def test_given_alt_and_an_introducer_when_a_letter_follows_later_then_it_is_a_key(
        self, introducer: str
    ) -> None:
        assert Terminal().send("\x1b" + introducer).wait(1).send("r").found == ["r"]

    def test_given_alt_and_o_when_nothing_follows_then_it_is_that_key(self) -> None:
        assert found_in("\x1bO") == ["\x1bO"]

    @pytest.mark.parametrize(
        "broken", [b"\xc3", b"\xe2\x82", b"\xff", b"\x80", b"\xf0\x80\x80\x80"]
    )
    def test_given_broken_utf_8_when_a_key_follows_then_only_that_counts(
        self, broken: bytes
    ) -> None:
        assert Terminal().send(broken + b"r").found == ["r"]


class TestAnswers:
    @pytest.mark.parametrize("string", STRINGS + OTHER_STRINGS, ids=ascii)
    def test_given_a_string_when_it_comes_then_there_is_no_key(self, string: str) -> None:
        assert found_in(string + "r") == ["r"]

    @pytest.mark.parametrize("string", STRINGS, ids=ascii)
    def test_given_a_string_in_pieces_when_seconds_lie_between_then_there_is_no_key(
        self, string: str
    ) -> None:
        for cut in range(2, len(string)):
            terminal = Terminal().send(string[:cut]).wait(5).send(string[cut:] + "r")
            assert terminal.wait(1).found == ["r"]

    @pytest.mark.parametrize("answer", ["\x1b[?997;1n", "\x1b[?1u", "\x1b[?62;22c", "\x1b[>0;1;0c"])
    def test_given_a_control_sequence_in_pieces_when_seconds_lie_between_then_it_is_one(
        self, answer: str
    ) -> None:
        for cut in range(2, len(answer)):
            assert Terminal().send(answer[:cut]).wait(5).send(answer[cut:]).found == [answer]

    def test_given_8_bit_controls_when_an_answer_comes_then_there_is_no_key(self) -> None:
        assert found_in(b"\x9d11;rgb:0/0/0\x9cr\x9b?1ua") == ["r", "\x1b[?1u", "a"]

    @pytest.mark.parametrize(
        "begun", ["\x1b]11;", "\x1bP1+r", "\x1b[?1", "\x1b[M", "\x1b_G", "\x1b]0;\x1b"]
    )
    def test_given_no_end_when_a_key_follows_much_later_then_it_counts(self, begun: str) -> None:
        assert Terminal().send(begun).wait(11).send("r").found == ["r"]

    @pytest.mark.parametrize(
        "begun", ["\x1b]11;", "\x1bP1+r", "\x1b[?1", "\x1b[M", "\x1b_G", "\x1bO"]
    )
    @pytest.mark.parametrize("interrupt", ["\x03", "\x1b[99;5u"], ids=ascii)
    def test_given_no_end_when_ctrl_c_follows_then_it_counts_at_once(
        self, begun: str, interrupt: str
    ) -> None:
        assert Terminal().send(begun).send(interrupt).found == [interrupt]

    def test_given_an_escape_and_two_brackets_when_pauses_part_them_then_all_are_keys(self) -> None:
        terminal = (
            Terminal(escape_seconds=0.5).send("\x1b").wait(0.3).send("]").wait(0.2).send("]q")
        )
        assert terminal.found == ["\x1b", "]", "]", "q"]

    def test_given_somebody_who_types_after_alt_and_a_bracket_then_the_keys_count_again(
        self,
    ) -> None:
        terminal = Terminal().send("\x1b]]")
        for _ in range(20):
            terminal.wait(1.0).send("q")
        assert 0 < terminal.found.count("q") < 20

    def test_given_a_string_that_another_sequence_breaks_off_when_read_then_that_counts(
        self,
    ) -> None:
        assert found_in("\x1b]11;rgb\x1b[A") == [UP]

    def test_given_a_sequence_without_bounds_when_it_ends_then_it_is_dropped(self) -> None:
        assert found_in("\x1b[" + "1" * 5000 + "$ur") == ["r"]

    @pytest.mark.parametrize("answer", STATUS, ids=ascii)
    def test_given_a_status_when_answered_then_it_is_told_at_once_and_no_key(
        self, answer: str
    ) -> None:
        terminal = Terminal().send("a" + answer + "b" + answer[:2]).wait(3).send(answer[2:])
        assert (terminal.found, terminal.statuses) == (["a", "b"], 2)


class TestPastes:
    @pytest.mark.parametrize("text", ["", "q", "\x1b", "\x1bq", "\x1b[A", "\x1b[201", "a\x03\x03b"])
    def test_given_a_paste_when_it_holds_keys_then_it_is_one_text(self, text: str) -> None:
        assert found_in(f"\x1b[200~{text}\x1b[201~r") == [Paste(text), "r"]

    def test_given_a_paste_without_an_end_when_a_pause_is_over_then_keys_count_again(self) -> None:
        terminal = Terminal().send("\x1b[200~ab\x1b").wait(1)
        assert terminal.found == []
        assert terminal.wait(2).send("r").found == [Paste("ab\x1b"), "r"]

    @pytest.mark.parametrize("interrupt", ["\x03", "\x1b[99;5u", "\x1b[99:67;133:1u"], ids=ascii)
    def test_given_a_paste_without_an_end_when_ctrl_c_comes_twice_then_both_count_soon(
        self, interrupt: str
    ) -> None:
        terminal = Terminal().send("\x1b[200~ab").send(interrupt).send(interrupt).wait(0.3)
        assert [one for one in terminal.found if one == "\x03"] == ["\x03", "\x03"]

    def test_given_a_paste_when_a_status_is_answered_within_then_it_is_told(self) -> None:
        terminal = Terminal().send("\x1b[200~a\x1b[0nb\x1b[201~")
        assert (terminal.found, terminal.statuses) == ([Paste("ab")], 1)

    def test_given_an_end_without_a_beginning_when_keys_follow_then_they_count(self) -> None:
        assert found_in("\x1b[201~r") == ["\x1b[201~", "r"]

    def test_given_a_paste_of_any_length_when_it_ends_then_only_its_beginning_is_kept(self) -> None:
        [paste] = found_in(b"\x1b[200~" + b"ab" * (1 << 20) + b"\x1b[201~")
        assert isinstance(paste, Paste)
        assert len(paste.text) == 1 << 20


class TestLaws:
    @given(SENT, st.lists(st.integers(0, 400), max_size=12))
    def test_given_anything_sent_when_cut_anywhere_then_the_same_is_found(
        self, sent: str, cuts: list[int]
    ) -> None:
        data, pieces, whole = sent.encode(), Terminal(), Terminal()
        bounds = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
        for start, end in pairwise(bounds):
            pieces.send(data[start:end])
        whole.send(data)
        assert (pieces.found, pieces.statuses) == (whole.found, whole.statuses)

    @given(SENT, st.binary(max_size=60))
    def test_given_any_bytes_when_ctrl_c_follows_then_it_counts(
        self, sent: str, rest: bytes
    ) -> None:
        terminal = Terminal().send(sent).send(rest).send("\x03").wait(0.5)
        assert terminal.found[-1] == "\x03"

    @given(st.lists(st.tuples(st.binary(max_size=20), st.sampled_from([0.0, 0.06, 0.3, 3.0]))))
    def test_given_any_bytes_at_any_time_when_all_is_over_then_a_key_counts(
        self, pieces: list[tuple[bytes, float]]
    ) -> None:
        terminal = Terminal()
        for data, seconds in pieces:
            terminal.send(data).wait(seconds)
        assert terminal.wait(11).send("r").found[-1] == "r"
