"""Worker processes: the same results, in the same order, for any number of them."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from textlab.errors import WorkerError

R = TypeVar("R")

# So many characters of text are one task: few enough to hold several in memory, enough that
# what crosses between processes costs little beside the work.
BATCH_CHARACTERS = 500_000


class Task(NamedTuple):
    """Work on some documents: arguments, and those for each document alone, by its name.

    ``alone`` is asked only where a process has died.
    """

    arguments: tuple[Any, ...]
    alone: Callable[[], Mapping[str, tuple[Any, ...]]]


class Workers:
    """``count`` worker processes, started with the first task; with one, none is started.

    ``prepare`` is the first that each of them does.
    """

    def __init__(self, count: int = 1, *, prepare: Callable[[], object] = int) -> None:
        self.count = count
        self._prepare = prepare
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(wait=kind is None)

    def close(self, *, wait: bool = True) -> None:
        """End the processes; without ``wait`` what they have begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=True)
            self._pool = None

    def start(self) -> None:
        """Start the processes, and have them prepare themselves before the first task comes."""
        if self.count > 1 and self._pool is None:
            self._pool = _pool(self.count)
            for _ in range(self.count):
                self._pool.submit(self._prepare)

    def map(self, function: Callable[..., R], tasks: Iterable[Task]) -> Iterator[R]:
        """``function(*task.arguments)`` for each task, in order.

        No more tasks are in flight than twice the number of processes, so that results do not
        pile up. Raises what ``function`` raises, and :class:`WorkerError`, which names the
        document, where a process dies.
        """
        if self.count <= 1:
            for task in tasks:
                yield function(*task.arguments)
            return
        waiting: deque[tuple[Task, Future[R]]] = deque()
        try:
            for task in tasks:
                self.start()
                assert self._pool is not None
                waiting.append((task, self._pool.submit(function, *task.arguments)))
                if len(waiting) >= 2 * self.count:
                    yield waiting[0][1].result()
                    waiting.popleft()
            while waiting:
                yield waiting[0][1].result()
                waiting.popleft()
        except BrokenProcessPool:
            self.close(wait=False)
            raise _death(function, [task for task, _ in waiting]) from None


def _pool(count: int) -> ProcessPoolExecutor:
    # Forked processes inherit locks and threads as they happen to be.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_die_quietly)


def _die_quietly() -> None:
    """Let Ctrl-C end a worker without a traceback: the main process says what happened."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _death(function: Callable[..., Any], tasks: Sequence[Task]) -> WorkerError:
    """The error that names the document at which a process dies, found by trying each alone."""
    alone = [item for task in tasks for item in task.alone().items()]
    for document, arguments in alone:
        try:
            with _pool(1) as pool:
                pool.submit(function, *arguments).result()
        except BrokenProcessPool:
            return WorkerError(
                f"a worker process dies at document {document} (out of memory?); "
                "leave it out, or run with --workers 1 to see more"
            )
        except Exception:  # noqa: BLE001
            # Another failure than the one that is looked for; it comes up again in a new run.
            continue
    between = f" at one of the documents {alone[0][0]} to {alone[-1][0]}" if alone else ""
    return WorkerError(
        f"a worker process died{between}, though each alone goes well: "
        "memory for several at once may be short; run with fewer --workers"
    )
