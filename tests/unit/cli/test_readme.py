"""What the README says of the command line is what the command line does."""

from helpers.options_table import README, options_table, written_anew


def test_given_the_readme_when_compared_then_its_options_are_those_of_the_settings() -> None:
    """If not: `PYTHONPATH=tests python tests/helpers/options_table.py` writes them anew."""
    text = README.read_text()

    assert options_table() in text
    assert written_anew(text) == text
