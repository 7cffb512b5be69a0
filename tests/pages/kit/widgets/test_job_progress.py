from __future__ import annotations

import pytest

from data.jobs.background import Job
from pages.kit.i18n.words import words
from pages.kit.widgets.job_progress import COUNTS, PHASES, describe_job


def job(phase: str, done: int, total: int, seconds: float) -> Job:
    return Job("j", "import", "running", phase, done, total, None, seconds)


@pytest.mark.parametrize(
    ("job", "english", "chinese"),
    [
        (
            job("typing", 300_000, 1_000_000, 4.7),
            "Reading rows: 300,000 of 1,000,000 · 4 s",
            "正在整理数据：300,000 / 1,000,000 行 · 4 秒",
        ),
        (job("reading", 1, 3, 2), "Reading files: 1 of 3 · 2 s", "正在读取文件：1 / 3 · 2 秒"),
        (job("landing", 0, 7, 11.2), "Saving 7 rows · 11 s", "正在保存 7 行 · 11 秒"),
        (job("", 0, 0, 0), "Waiting · 0 s", "排队中 · 0 秒"),
    ],
    ids=["typing", "reading", "landing", "waiting"],
)
def test_a_running_job_tells_its_rows_and_seconds(job: Job, english: str, chinese: str) -> None:
    assert describe_job(words("en"), job) == english
    assert describe_job(words("zh"), job) == chinese


def test_what_counts_is_a_phase() -> None:
    assert set(COUNTS) <= set(PHASES)
