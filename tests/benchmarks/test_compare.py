from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import company, compare

ROOT = Path(__file__).parents[2]


def test_an_import_runs_in_its_checkout(tmp_path: Path) -> None:
    file = company.orders_csv(tmp_path / "orders.csv", 500)
    seconds, peak = compare.measure(ROOT, file, tmp_path)
    assert seconds > 0 and peak > 0
    with pytest.raises(RuntimeError):
        compare.measure(tmp_path, file, tmp_path)


def test_the_imports_of_two_checkouts_alternate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "orders.csv"
    runs: list[str] = []

    def measure(tree: Path, imported: Path, folder: Path) -> compare.Import:
        assert (imported, folder) == (file, tmp_path)
        runs.append(tree.name)
        return float(len(runs)), 10**9

    monkeypatch.setattr(compare, "measure", measure)
    before, after = compare.alternated(Path("old"), Path("new"), file, tmp_path, times=2)
    assert runs == ["old", "new", "new", "old", "old", "new"]
    assert [seconds for seconds, _ in before] == [4.0, 5.0]
    assert [seconds for seconds, _ in after] == [3.0, 6.0]


def test_medians_and_their_ratios_are_printed() -> None:
    assert compare.describe(".csv", [(2.0, 10**9)], [(1.0, 2 * 10**9)]) == (
        ".csv: 2.00 s → 1.00 s (0.50×), 1.00 GB → 2.00 GB (2.00×)"
    )
    old = [(2.0, 10**9), (2.0, 10**9), (9.0, 9 * 10**9)]
    assert compare.describe("x", old, old).startswith("x: 2.00 s → 2.00 s (1.00×), 1.00 GB")
