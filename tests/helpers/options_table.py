"""The README's table of options, made from the tables of settings.

Run as a program, it writes the table anew into the README.
"""

from pathlib import Path

from tui.cli.options import SettingOption, option_groups, run_options

README = Path(__file__).parents[2] / "README.md"
HEAD = "| option | what it does | default |\n| --- | --- | --- |\n"


def options_table() -> str:
    """Every option that decides a run, a row each, in the order of `--help`."""
    options = run_options(option_groups())
    return HEAD + "".join(_row(one) for one in options if isinstance(one, SettingOption))


def _row(option: SettingOption) -> str:
    name = " ".join(filter(None, (option.opts[0], option.metavar)))
    cells = (f"`{name}`", option.help or "", option.default_text)
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


def written_anew(text: str) -> str:
    """The README `text` with the table as it should be."""
    before, _, rest = text.partition(HEAD)
    _, _, after = rest.partition("\n\n")
    return f"{before}{options_table()}\n{after}"


if __name__ == "__main__":
    README.write_text(written_anew(README.read_text()))
