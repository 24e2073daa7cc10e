"""What the tests of the dashboard share."""

import pytest

from tui.widgets.setup import changing_sheet


@pytest.fixture
def nothing_rests_long_enough(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the set-up, nothing begins anew by the clock, unless a test is about that."""
    if "rested" not in request.node.name:
        monkeypatch.setattr(changing_sheet, "REST_SECONDS", 3600.0)
