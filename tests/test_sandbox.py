"""The file loop survives whatever a child does, and says what happened."""

import os
import signal
import subprocess
import sys
import time

import pytest

from extract.failure import Failure, Unreadable
from extract.sandbox import Limits, run_all

SHORT = Limits(seconds=0.4)
"""For children that never end: any other may take longer on a machine that does other things too."""
PATIENT = Limits(seconds=60)
BRIEF = {"sleep": SHORT}
SLEEP = 30


def behave(how: str) -> str:
    """The misbehaviours of readers, one a word."""
    if how == "loop":
        while True:
            pass
    if how == "sleep":
        time.sleep(SLEEP)
    if how == "eat":
        return "x" * len([0] * 10**12)
    if how == "nibble":
        kept = []
        while True:
            kept.append(bytes(10_000_000))
    if how == "abort":
        os.abort()
    if how == "vanish":
        os._exit(0)
    if how == "raise":
        raise ZeroDivisionError("secret detail")
    if how == "panic":
        raise SystemExit(3)
    if how == "unreadable":
        raise Unreadable("encrypted", "文件有密码", "请去掉密码")
    if how == "huge":
        return "x" * 3_000_000
    if how == "lambda":
        return lambda: "a function can't be pickled"  # type: ignore[return-value]  # the misbehaviour itself
    if how == "slow":
        time.sleep(0.15)
    return how.upper()


def only(how: str, limits: Limits = PATIENT, jobs: int | None = 1) -> Failure:
    ((item, failure),) = run_all(behave, [how], limits, jobs, describe=lambda name: f"{name}.pdf")
    assert item == how
    assert isinstance(failure, Failure)
    assert failure.path == f"{how}.pdf"
    assert failure.message
    assert failure.remedy
    return failure


def test_results_come_in_the_order_of_the_items() -> None:
    items = ["slow", "a", "b", "slow", "c", *"defghijklm"]
    found = list(run_all(behave, items, jobs=3))
    assert found == [(item, item.upper()) for item in items]


def test_nothing_to_do() -> None:
    assert list(run_all(behave, [])) == []


@pytest.mark.parametrize("how", ["loop", "sleep"])
def test_a_child_that_never_ends_is_stopped_at_its_deadline(how: str) -> None:
    begin = time.monotonic()
    failure = only(how, SHORT)
    assert failure.reason == "timeout"
    assert "0.4 秒" in failure.message
    assert time.monotonic() - begin < SLEEP - 5


def test_a_deadline_is_each_childs_own() -> None:
    def limits(how: str) -> Limits:
        return BRIEF.get(how, PATIENT)

    found = [answer for _, answer in run_all(behave, ["a", "sleep", "b", "slow", "c"], limits, jobs=2)]
    assert [answer if isinstance(answer, str) else answer.reason for answer in found] == [
        "A", "timeout", "B", "SLOW", "C",
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["eat", "nibble"])
def test_a_child_that_eats_memory_is_told(how: str) -> None:
    failure = only(how, Limits(memory=700_000_000))
    assert failure.reason == "too_large"
    assert "0.7 GB" in failure.message


def test_a_child_that_aborts_is_told_loudly() -> None:
    failure = only("abort")
    assert failure.reason == "crashed"
    assert "SIGABRT" in failure.message


@pytest.mark.parametrize("how", ["vanish", "panic"])
def test_a_child_without_an_answer_is_told_loudly(how: str) -> None:
    assert only(how).reason == "crashed"


@pytest.mark.parametrize("jobs", [0, 1])
def test_an_unforeseen_error_is_called_our_bug_and_named(jobs: int) -> None:
    failure = only("raise", jobs=jobs)
    assert failure.reason == "broken"
    assert "ZeroDivisionError" in failure.message
    assert "test_sandbox.py" in failure.message
    assert "勾稽程序的缺陷" in failure.message
    assert "报告" in failure.remedy


def test_a_result_that_cannot_travel_is_our_bug() -> None:
    assert only("lambda").reason == "broken"


@pytest.mark.parametrize("jobs", [0, 1])
def test_an_unreadable_file_keeps_its_own_words(jobs: int) -> None:
    assert only("unreadable", jobs=jobs) == Failure("unreadable.pdf", "encrypted", "文件有密码", "请去掉密码")


def test_a_huge_result_is_refused_and_a_large_one_travels() -> None:
    assert only("huge", Limits(answer=1_000_000)).reason == "too_large"
    ((_, answer),) = run_all(behave, ["huge"], jobs=1)
    assert answer == "x" * 3_000_000


def test_a_slow_consumer_does_not_time_children_out() -> None:
    limits = Limits(seconds=3)
    found = run_all(behave, ["a", "huge", "b"], limits, jobs=3)
    answers = [next(found)]
    time.sleep(limits.seconds + 0.5)
    answers += found
    assert [(item, isinstance(answer, Failure)) for item, answer in answers] == [
        ("a", False), ("huge", False), ("b", False),
    ]  # fmt: skip


def test_limits_that_setrlimit_would_refuse_are_refused_at_once() -> None:
    with pytest.raises(TypeError):
        Limits(memory=1.5e9)  # type: ignore[arg-type]  # the float is the point
    with pytest.raises(ValueError, match="positive"):
        Limits(seconds=0)


def children() -> set[str]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return set(listed.stdout.split())


def test_closing_the_iterator_kills_every_child() -> None:
    before = children()
    found = run_all(behave, ["a", "sleep", "sleep"], jobs=3)
    assert next(found) == ("a", "A")
    found.close()
    assert len(children() - before) <= 1  # ps itself


def interrupt_parent(how: str) -> str:
    if how == "interrupt":
        os.kill(os.getppid(), signal.SIGINT)
    return behave("sleep")


@pytest.mark.parametrize("turn", range(5))
def test_an_interrupt_propagates_and_kills_every_child(turn: int) -> None:
    before, begin = children(), time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(run_all(interrupt_parent, ["wait", "interrupt"], jobs=2))
    assert time.monotonic() - begin < SLEEP / 2  # the children were killed, not waited for
    assert len(children() - before) <= 1  # ps itself


def test_output_is_neither_lost_nor_doubled_when_redirected() -> None:
    script = (
        "from extract.sandbox import run_all\n"
        "print('parent', end=' ')\n"
        "def work(word): print(word, end=' '); return word\n"
        "print([a for _, a in run_all(work, ['x', 'y'], jobs=1)])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "parent x y ['x', 'y']\n"
