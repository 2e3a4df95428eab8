"""Worker processes of which any may be killed at any time, and nothing waits for it.

The pool of the standard library hands all results over by one pipe, which stays open as long as
any process has it: if a worker is killed while it writes a result, `ProcessPoolExecutor` waits for
the rest for ever (seen with Python 3.11). Here each worker has a pipe of its own, which ends with
it.
"""

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

ATTEMPTS = 2  # workers that may end at a task before it is given up


class Workers(ThreadPoolExecutor):
    """An executor of processes: each thread of it has one, and starts another if that one ends.

    A task whose worker ended is given to another one; if that one ends too, the task fails with
    `BrokenExecutor`, and the others go on. Workers leave an interrupt from the keyboard to this
    process, and end with it, however it ends, when they are done with their task.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self._own = threading.local()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a worker call a function of a module, which raises nothing."""
        return super().submit(self._ask, fn, args, kwargs)

    def __exit__(self, *_: object) -> None:
        self.shutdown(cancel_futures=True)

    def _ask(self, *task: Any) -> Any:
        for _ in range(ATTEMPTS):
            if not hasattr(self._own, "pipe"):
                self._own.pipe = _start()
            try:
                self._own.pipe.send(task)
                return self._own.pipe.recv()
            except (EOFError, OSError):
                del self._own.pipe
        raise BrokenExecutor(
            f"{ATTEMPTS} worker processes ended at it; is there too little memory?"
        )


def _start() -> Connection:
    """This process's end of the pipe of a new worker."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_work, args=[there], daemon=True)
    process.start()
    there.close()  # so that the pipe ends with the worker
    return here


def _work(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        while True:
            function, args, kwargs = pipe.recv()
            pipe.send(function(*args, **kwargs))
