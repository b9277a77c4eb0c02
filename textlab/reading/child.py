"""Readers of foreign formats in a process of their own, which can be stopped.

A file of a few kilobytes can keep a parser busy for hours, or fill the memory; only another
process can be ended from outside. It is one for all files, begun with the first and begun
anew after each that it did not survive.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import warnings
from contextlib import suppress
from threading import Event, Timer
from types import TracebackType

from textlab.reading.extract import Extract, UnreadableError
from textlab.reading.formats import extract

# Far beyond what any document takes: who meets them has a file that was made to be met.
SECONDS = 600
MEMORY = 4_000_000_000
COMMAND = (sys.executable, "-P", "-m", "textlab.reading.child")


class Extractor:
    """Reads files in a child process, each in at most ``seconds``.

    A context, with which the child ends.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Extractor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def __call__(self, suffix: str, data: bytes) -> Extract:
        """The text of a file of this suffix.

        Raises :class:`UnreadableError` with the reason if there is none to be had.
        """
        child = self._child = self._child or _begin()
        late = Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = Timer(self.seconds, stop)
        timer.start()
        try:
            answer = _ask(child, suffix, data)
        finally:
            timer.cancel()
            if late.is_set() or child.poll() is not None:
                self._end()
        if answer is not None:
            return answer
        if late.is_set():
            raise UnreadableError(f"not read within {self.seconds:g} seconds")
        raise UnreadableError(
            f"the reader of '{suffix}' broke off (exit status {child.returncode})"
        )

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            # What was not yet sent has nowhere to go.
            with suppress(OSError):
                child.communicate()


def _begin() -> subprocess.Popen[bytes]:
    # The child finds what its parent finds, and nothing that only lies in the working folder.
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _ask(child: subprocess.Popen[bytes], suffix: str, data: bytes) -> Extract | None:
    """What the child says of a file; None if it has ended without a word."""
    if child.stdin is None or child.stdout is None:
        return None
    with suppress(BrokenPipeError):
        child.stdin.write(json.dumps([suffix, len(data)]).encode() + b"\n" + data)
        child.stdin.flush()
    line = child.stdout.readline()
    if not line.endswith(b"\n"):
        child.wait()
        return None
    answer = json.loads(line)
    if "reason" in answer:
        raise UnreadableError(answer["reason"])
    return Extract(**answer)


def _serve() -> None:
    """Answer, a line each, for files on the standard input until it ends."""
    _limit_memory()
    logging.disable()
    warnings.simplefilter("ignore")
    # Whatever a parser prints goes elsewhere.
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        while head := sys.stdin.buffer.readline():
            suffix, size = json.loads(head)
            try:
                answer = extract(suffix, sys.stdin.buffer.read(size))._asdict()
            except UnreadableError as reason:
                answer = {"reason": str(reason)}
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()


def _limit_memory() -> None:
    # Windows has no such limit, and macOS may refuse it.
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))


if __name__ == "__main__":
    _serve()
