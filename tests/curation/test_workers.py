"""Workers that end at the worst moment: nothing waits for them, and other tasks go on."""

import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from unittest import mock

import pytest

from claimbook.curation.workers import ATTEMPTS, Workers


def double(number: int) -> int:
    return 2 * number


def end() -> None:
    os._exit(1)


def end_amid_the_result() -> str:
    def send(self: Connection, data: bytes) -> None:
        os.write(self.fileno(), bytes(data)[: len(data) // 2])
        os._exit(1)

    mock.patch.object(Connection, "_send", send).start()
    return "x" * 100_000


def end_first(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os._exit(1)
    return "done"


@pytest.mark.parametrize("deadly", [end, end_amid_the_result])
def test_a_task_at_which_workers_end_fails_alone(deadly: Callable[[], object]) -> None:
    with Workers(2) as workers:
        first, failed = workers.submit(double, 1), workers.submit(deadly)
        rest = [workers.submit(double, number) for number in range(2, 8)]
        with pytest.raises(BrokenExecutor, match=f"{ATTEMPTS} worker processes ended"):
            failed.result(60)
        assert [each.result(60) for each in (first, *rest)] == [2, 4, 6, 8, 10, 12, 14]


def test_a_task_whose_worker_was_killed_is_given_to_another(tmp_path: Path) -> None:
    with Workers(1) as workers:
        assert workers.submit(end_first, tmp_path / "mark").result(60) == "done"


def test_what_waits_is_dropped_at_the_end() -> None:
    with Workers(1) as workers:
        waiting = [workers.submit(double, number) for number in range(1_000)]
    assert waiting[-1].cancelled()
