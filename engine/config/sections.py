"""The sections of the set-up, and which settings stand in each."""

import msgspec

from engine.config.data_settings import FEATURES_SECTION, LEARNED
from engine.config.network_settings import LEARNS, NETWORK
from engine.config.setting import Entry, entries_of
from engine.config.settings import STOPS

SECTION_OF_HEADING = {LEARNED: "Data", NETWORK: "Network", LEARNS: "Training", STOPS: "Stop"}
"""The section that settings with a heading stand in unless they say otherwise."""

ORDER = ("Data", FEATURES_SECTION, "Network", "Training", "Stop")


def section_of(entry: Entry) -> str:
    """The section of the set-up that a setting stands in: one of ORDER, or its heading where that is a
    further one.
    """
    setting = entry.setting
    return setting.section or SECTION_OF_HEADING.get(setting.heading, setting.heading)


def settings_by_section(table: type[msgspec.Struct]) -> dict[str, tuple[Entry, ...]]:
    """The settings of `table` by section, in order."""
    entries = entries_of(table)
    names = dict.fromkeys((*ORDER, *map(section_of, entries)))
    return {name: tuple(one for one in entries if section_of(one) == name) for name in names}
