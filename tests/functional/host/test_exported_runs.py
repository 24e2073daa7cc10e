"""Files that a host writes for its dashboards, while its run goes on."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from engine.client.remote import RemoteSession
from engine.config.checks import FULL_SPEED
from helpers.hosts import until
from helpers.socket_clients import Notices, Village, goes_on, seen, village_in


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


async def news_of(session: RemoteSession, kind: str, path: Path) -> tuple[str, bool]:
    """What comes of an export."""
    notices = Notices()
    session.on_notice = notices
    await session.export(kind, str(path))
    await until(lambda: bool(notices))
    return notices[0]


async def test_given_a_run_under_way_when_its_founder_exports_then_a_file_and_a_line_say_so(
    village: Village,
) -> None:
    founder, _ = await village.found(pace=FULL_SPEED)
    await seen(founder, lambda now: now.step > 100)
    path = village.scratch / "weights.npz"

    assert await news_of(founder, "weights", path) == (f"weights exported to {path}", False)
    assert next(iter(np.load(path))) == "layer1.weights"
    await goes_on(founder)


async def test_given_one_that_only_watches_when_it_exports_then_it_may_beside_what_is_there(
    village: Village,
) -> None:
    name, _ = await village.found_and_leave()
    watcher = await village.attach(name, watches=True)
    path = village.scratch / "points.csv"
    path.write_text("mine")

    news, trouble = await news_of(watcher, "points", path)

    assert (news, trouble) == (f"points exported to {village.scratch}/points-2.csv", False)
    assert path.read_text() == "mine"
    assert len((village.scratch / "points-2.csv").read_text().splitlines()) == 201
    await goes_on(watcher)


async def test_given_where_nothing_can_be_written_when_exported_then_a_line_and_the_run_goes_on(
    village: Village,
) -> None:
    founder, _ = await village.found()
    path = village.scratch / "gone" / "losses.csv"

    assert await news_of(founder, "losses", path) == (
        f"losses not exported: {path}: No such file or directory",
        True,
    )
    refused: list[str] = []
    founder.on_refused = refused.append
    await founder.export("losses", "losses.csv")
    await founder.export("gold", str(path))
    await until(lambda: len(refused) == 2)
    assert refused == [
        "export: 'losses.csv' is no absolute path",
        "export: there is no 'gold', but losses, points, weights, network, pytorch",
    ]
    await goes_on(founder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_given_a_folder_of_others_when_exported_then_it_says_so(village: Village) -> None:
    founder, _ = await village.found()

    news, trouble = await news_of(founder, "losses", Path("/losses.csv"))

    assert (news, trouble) == ("losses not exported: /losses.csv: Permission denied", True)


async def test_given_an_export_when_the_run_is_ended_behind_it_then_it_is_written_all_the_same(
    village: Village,
) -> None:
    founder, _ = await village.found()
    path = village.scratch / "network.json"

    await founder.export("network", str(path))
    await founder.close()

    assert path.read_bytes().startswith(b'{"format":"moonwalk network"')
