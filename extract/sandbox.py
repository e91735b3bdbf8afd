"""Runs work on files in forked children with limits: one child a file, several at once.

Whatever a child does (loops, eats memory, aborts inside a C library, raises), the parent ends with
either its result or a Failure that says so, in the order of the items. Knows nothing of formats.
Import what the work needs before calling, or every child imports it again. Needs `os.fork`.
"""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import resource
import selectors
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from extract.failure import Failure, Unreadable

T = TypeVar("T")
R = TypeVar("R")

HEADER = 8
CHUNK = 1 << 20
INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
GRACE = 5.0
"""Seconds a child may pause while it hands over its answer."""
BEAT = 0.2
"""Seconds between two looks: a signal that lands just before the wait begins would not end it."""
AHEAD = 8
"""How many results a job may lie ready for a consumer who is slower than the children."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use: bytes of address space, seconds by the wall clock, bytes of its answer."""

    memory: int = 1_500_000_000
    seconds: float = 60.0
    answer: int = 256_000_000

    def __post_init__(self) -> None:
        if not isinstance(self.memory, int) or not isinstance(self.answer, int):
            raise TypeError("memory and answer are whole bytes: setrlimit takes nothing else")
        if min(self.memory, self.answer, self.seconds) <= 0:
            raise ValueError("limits are positive")


def run_all(
    work: Callable[[T], R],
    items: Sequence[T],
    limits: Limits | Callable[[T], Limits] | None = None,
    jobs: int | None = None,
    *,
    describe: Callable[[T], str] = str,
) -> Generator[tuple[T, R | Failure], None, None]:
    """Yield each item with the work's result or a Failure, in the items' order.

    `limits` hold for every item, or are asked for by item. `describe` gives a Failure's path. `jobs` is
    the number of children at once (None: one a CPU; 0: no children and no limits, for debugging and
    measuring). Closing the iterator, or an exception such as KeyboardInterrupt, kills every child.
    Results travel pickled.
    """
    asked = limits if callable(limits) else partial(_same, limits or Limits())
    if jobs == 0:
        for item in items:
            yield item, _attempt(work, item, describe(item), asked(item))
        return
    jobs = jobs or os.cpu_count() or 1
    ready: dict[int, R | Failure] = {}
    started = 0
    with _Children() as children:
        for index, item in enumerate(items):
            while index not in ready:
                while len(children) < jobs and started < min(len(items), index + AHEAD * jobs):
                    item_limits = asked(items[started])
                    children.start(started, work, items[started], describe(items[started]), item_limits)
                    started += 1
                for child, death in children.wait():
                    ready[child.index] = death or pickle.loads(memoryview(child.answer)[HEADER:])
            yield item, ready.pop(index)


def _same(limits: Limits, _: object) -> Limits:
    return limits


@dataclass(slots=True)
class _Child:
    index: int
    path: str
    limits: Limits
    pid: int
    pipe: int
    deadline: float
    answer: bytearray = field(default_factory=bytearray)

    def complete(self) -> bool:
        size = int.from_bytes(self.answer[:HEADER], "big")
        return len(self.answer) >= HEADER and len(self.answer) == HEADER + size


class _Children:
    """The living children. Leaving the context kills them."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._living: dict[int, _Child] = {}

    def __len__(self) -> int:
        return len(self._living)

    def __enter__(self) -> _Children:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in list(self._living.values()):
            self._bury(child)
        self._selector.close()

    def start(self, index: int, work: Callable[[T], R], item: T, path: str, limits: Limits) -> None:
        """Fork a child. An interrupt waits until it is entered among the living: none is left behind."""
        sys.stdout.flush()
        sys.stderr.flush()
        with _undisturbed():
            reading, writing = os.pipe()
            self._selector.register(reading, selectors.EVENT_READ)
            pid = os.fork()
            if pid == 0:
                _live(work, item, path, limits, writing)
            deadline = time.monotonic() + limits.seconds
            self._living[reading] = _Child(index, path, limits, pid, reading, deadline)
            os.close(writing)
            with contextlib.suppress(OSError):
                os.setpgid(pid, pid)

    def wait(self) -> Iterator[tuple[_Child, Failure | None]]:
        """The children that ended since the last call, with the Failure of those that gave no answer."""
        nearest = min((child.deadline for child in self._living.values()), default=0.0)
        patience = min(BEAT, max(0.0, nearest - time.monotonic()))
        heard = {key.fd for key, _ in self._selector.select(patience)}
        for pipe in heard:
            child = self._living[pipe]
            chunk = os.read(pipe, CHUNK)
            child.answer += chunk
            child.deadline = max(child.deadline, time.monotonic() + GRACE)
            if not chunk:
                status = self._bury(child)
                yield child, None if child.complete() else _death(child.path, status, child.limits)
        for child in [child for child in self._living.values() if child.pipe not in heard]:
            if child.deadline <= time.monotonic():
                self._bury(child)
                yield child, _timeout(child.path, child.limits)

    def _bury(self, child: _Child) -> int:
        """Kill what is left of the child's process group and return the child's wait status."""
        with _undisturbed():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            status = os.waitpid(child.pid, 0)[1]
            self._selector.unregister(child.pipe)
            os.close(child.pipe)
            del self._living[child.pipe]
        return status


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let an interrupt wait until the block is done: half a step would leave a child behind, and Python
    drops what is raised while it forks. Blocking the signals won't do, another thread may take them."""
    heard: list[int] = []
    before: dict[signal.Signals, signal._HANDLER] = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in INTERRUPTS:
                before[number] = signal.signal(number, lambda told, _: heard.append(told))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for told in heard:
        signal.raise_signal(told)


def _live(work: Callable[[T], R], item: T, path: str, limits: Limits, pipe: int) -> None:
    """The child's whole life; never returns. Without an answer it ends with 1, which the parent reports."""
    code = 1
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        signal.alarm(math.ceil(limits.seconds + GRACE))
        _limit(resource.RLIMIT_AS, limits.memory)
        _limit(resource.RLIMIT_CORE, 0)
        answer = _packed(_attempt(work, item, path, limits), path, limits)
        signal.alarm(0)
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        with os.fdopen(pipe, "wb") as out:
            out.write(len(answer).to_bytes(HEADER, "big"))
            out.write(answer)
        code = 0
    finally:
        os._exit(code)


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))


def _attempt(work: Callable[[T], R], item: T, path: str, limits: Limits) -> R | Failure:
    """The program's one broad `except`: an unforeseen error in one file must not stop the others."""
    try:
        return work(item)
    except Unreadable as error:
        return Failure(path, error.reason, error.message, error.remedy)
    except MemoryError:
        return _too_large(path, f"读取时内存超过上限（{limits.memory / 1e9:.1f} GB）")
    except Exception as error:
        return _broken(path, error)


def _packed(result: object, path: str, limits: Limits) -> bytes:
    try:
        answer = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        answer = b""
    except (pickle.PicklingError, AttributeError, TypeError, RecursionError) as error:
        return pickle.dumps(_broken(path, error))
    if not answer or len(answer) > limits.answer:
        return pickle.dumps(_too_large(path, f"读出的内容超过上限（{limits.answer / 1e6:.0f} MB）"))
    return answer


def _broken(path: str, error: Exception) -> Failure:
    frame = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f"，{Path(step.filename).name} 第{step.lineno}行" for step in frame)
    return Failure(
        path,
        "broken",
        f"程序内部错误（{type(error).__name__}{where}），这是勾稽程序的缺陷，不是填报的问题",
        "请把文件名和这条信息报告给程序维护人员，其余文件不受影响",
    )


def _too_large(path: str, message: str) -> Failure:
    return Failure(path, "too_large", message, "请压缩图片、拆分文件或另存为普通格式后再提交")


def _timeout(path: str, limits: Limits) -> Failure:
    return Failure(
        path,
        "timeout",
        f"读取超过 {limits.seconds:g} 秒仍未结束，已停止",
        "请确认文件能正常打开，另存一份（去掉大图和附件）后再提交",
    )


def _death(path: str, status: int, limits: Limits) -> Failure:
    """The Failure of a child that ended without a whole answer."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGALRM:
            return _timeout(path, limits)
        how = f"读取进程被信号 {signal.Signals(number).name} 终止"
    else:
        how = f"读取进程没有给出结果（退出码 {os.WEXITSTATUS(status)}）"
    return Failure(
        path, "crashed", how, "文件可能已损坏或内容异常，请用 Word、WPS 或 PDF 软件打开后另存一份再提交"
    )
