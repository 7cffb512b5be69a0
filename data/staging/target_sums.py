"""Find out by sums and words which rows of a list of targets are those of whole groups.

>>> found = group_rows([Target(0, "Ann", "03", Decimal(300)), Target(1, "Bo", "03", Decimal(250)),
...                     Target(2, "Company", "03", Decimal(550))], "rep")
>>> found.kinds
{2: ('company', None)}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile
from types import MappingProxyType

from data.staging.known import Doubt, GroupRows
from data.staging.target_runs import (
    BY_CHANCE,
    DIGITS,
    Target,
    digits,
    equal,
    heads_of_list,
    heads_of_runs,
)
from data.values.group_words import is_unassigned, is_unnamed_group, kind_of_group
from data.values.header_text import normalise
from data.values.scope_words import COMPANY, MANAGER, REP

# What a name of which nobody knows may be: a group's, one more beside the others, nobody's.
OWN, BESIDE, OUT = "own", "rep", "out"
GROUPS = ("team", "region")
_HALF = Decimal("0.5")
_KEYS_SHOWN = 3

ByName = dict[str, Decimal]


def group_rows(
    targets: Sequence[Target], scope: str, known: Mapping[str, str] = MappingProxyType({})
) -> GroupRows:
    """Return the targets of groups in a list of those of `scope`, and the doubtful ones.

    `known` are names of groups, with their kind, whose rows have themselves as their `group`.
    """
    return _List(targets, scope, known).looked_at()


class _List:
    def __init__(self, targets: Sequence[Target], scope: str, known: Mapping[str, str]) -> None:
        # A group's row goes by the name of the group.
        nameless = {t.at: t.group for t in targets if t.group and not t.name}
        targets = [replace(t, name=t.name or (t.group or ("", ""))[1]) for t in targets]
        self.targets, self.scope = targets, scope
        self.rows: dict[str, list[Target]] = {}
        self.by_key: dict[str, list[Target]] = {}
        self.sums: dict[str, ByName] = {}
        for target in targets:
            self.rows.setdefault(target.name, []).append(target)
            self.by_key.setdefault(target.key, []).append(target)
            by_name = self.sums.setdefault(target.key, {})
            by_name[target.name] = by_name.get(target.name, Decimal(0)) + target.figure
        worded = {name: known.get(name) or kind_of_group(name) for name in self.rows}
        self.company = {name for name, kind in worded.items() if kind == COMPANY}
        self.unassigned = {name for name in self.rows if is_unassigned(name)}
        self.groups = {
            name: kind
            for name, kind in worded.items()
            if kind and scope == REP and name not in {*self.company, *self.unassigned}
        }
        if scope in (REP, *GROUPS):
            self.groups |= {name: "team" for name in self.rows if is_unnamed_group(name)}
        self.unsure: set[str] = set()
        of_groups = {name: kind for kind, name in nameless.values()}
        self.nameless = set(of_groups)
        self.groups |= self._named_as_groups() | of_groups
        self.company -= of_groups.keys()
        rest = set(self.rows) - self.company - self.unassigned
        if not rest - set(self.groups) and not rest <= set(known):
            self.groups = {}
        self.base = rest - set(self.groups)
        self.kinds: dict[int, tuple[str, str | None]] = {}
        self.out: set[int] = set()
        self.doubts: list[Doubt] = []

    def looked_at(self) -> GroupRows:
        for name in sorted(self.company, key=self._first):
            if self._is_of_company(name):
                self._known(name, COMPANY)
            else:
                self._doubt(name, COMPANY, (OWN, BESIDE))
        for name in sorted(self.groups, key=self._first):
            self._look_at_group(name, self.groups[name])
        for name in sorted(self.unassigned, key=self._first):
            if any(target.figure > 0 for target in self.rows[name]):
                self._doubt(name, "", (BESIDE, OUT))
        heads = self._managers()
        for name in self._sums_of_all() | (self._heads_of_runs() or self._heads_of_lists()):
            heads.setdefault(name, False)
        for name in sorted(heads, key=self._first):
            if heads[name]:
                self._known(name, MANAGER)
            else:
                kind = MANAGER if self.scope == REP else COMPANY
                self._doubt(name, kind, (OWN, BESIDE))
        return GroupRows(self.kinds, frozenset(self.out), tuple(self.doubts))

    def _first(self, name: str) -> int:
        return self.rows[name][0].at

    def _keys(self, name: str) -> list[str]:
        return list(dict.fromkeys(target.key for target in self.rows[name]))

    def _others(self, key: str, but: str = "") -> list[Decimal]:
        return [sum_ for name, sum_ in self.sums[key].items() if name in self.base - {but}]

    def _known(self, name: str, kind: str) -> None:
        for target in self.rows[name]:
            self.kinds[target.at] = (kind, None if kind == COMPANY else name)

    def _doubt(self, name: str, kind: str, options: tuple[str, ...]) -> None:
        rows = tuple(target.at for target in self.rows[name])
        samples = []
        for key in self._keys(name)[:_KEYS_SHOWN]:
            figure, others = self.sums[key][name], sum(self._others(key, name), Decimal(0))
            whole = {OWN: others, BESIDE: others + figure, OUT: others}
            totals = tuple(f"{whole[option]:f}" for option in options)
            samples.append((f"{key} · {figure:,f}", totals))
        nameless = name in self.nameless
        self.doubts.append(Doubt(name, kind, options, rows, tuple(samples), nameless))

    def _is_of_company(self, name: str) -> bool:
        """Return whether the figures are large enough, and no other row is the company's too."""
        for key in self._keys(name):
            figure, others = self.sums[key][name], self._others(key)
            if {self.sums[key].get(other, figure) for other in self.company} != {figure}:
                return False
            if others and figure < max(max(others), sum(others, Decimal(0)) * _HALF):
                return False
        return True

    def _look_at_group(self, name: str, kind: str) -> None:
        rows = self.rows[name]
        if name in self.unsure:
            self._doubt(name, kind, (OWN, BESIDE))
        elif all(target.group and self._all_have(target.key) for target in rows):
            self.kinds |= {target.at: target.group for target in rows if target.group}
        elif all(self._adds_up(target) for target in rows):
            self.out |= {target.at for target in rows}
        else:
            self._doubt(name, kind, (OWN, BESIDE))

    def _all_have(self, key: str) -> bool:
        """Return whether the groups of all people have targets: only then are they the whole."""
        rows = self.by_key[key]
        groups = {row.group for row in rows if row.name in self.groups}
        return all(row.group and row.group in groups for row in rows if row.name in self.base)

    def _adds_up(self, target: Target) -> bool:
        """Return whether a row is the sum of its group's, or of all up to the next group's row."""
        rows = self.by_key[target.key]
        led = [t for t in rows if t.group and t.group == target.group]
        at = rows.index(target)
        runs: list[Sequence[Target]] = [led, rows]
        for run in (reversed(rows[:at]), rows[at + 1 :]):
            runs.append(list(takewhile(lambda row: row.name in self.base | self.unassigned, run)))
        return any(self._are_whole(target.figure, run) for run in runs)

    def _are_whole(self, figure: Decimal, rows: Sequence[Target]) -> bool:
        """Return whether a figure is the sum of people's, with or without what nobody has."""
        own = [row.figure for row in rows if row.name in self.base]
        nobodys = [row.figure for row in rows if row.name in self.unassigned]
        return bool(own) and any(equal(figure, sum(few)) for few in (own, [*own, *nobodys]))

    def _named_as_groups(self) -> dict[str, str]:
        """Return the groups whose names stand where the names of their people do.

        A group may be named after a person in it: then only sums tell its row from that person's.
        """
        own = {
            name: rows[0].group[0]
            for name, rows in self.rows.items()
            if name not in self.groups
            and rows[0].group
            and all(_names_its_group(row) for row in rows)
        }
        fits, several = set[str](), set[str]()
        for name in own:
            others = [(row.figure, self._beside(row)) for row in self.rows[name]]
            if all(equal(figure, sum(few)) for figure, few in others):
                fits.add(name)
                several |= {name} if any(len(few) >= BY_CHANCE for _, few in others) else set()
        # One other may have the same by chance.
        found = fits if several else set[str]()
        people = {name for name in own if any(row.person for row in self.rows[name])}
        self.unsure = own.keys() - found - people - self.nameless
        return {name: own[name] for name in found | self.unsure}

    def _beside(self, target: Target) -> list[Decimal]:
        """Return the figures of the others of a row's group in its period."""
        rows = self.by_key[target.key]
        return [row.figure for row in rows if row.group == target.group and row.name != target.name]

    def _managers(self) -> dict[str, bool]:
        """Return those who stand beside others as their manager, and whether they are the sums."""
        named = {normalise(target.manager) for target in self.targets if target.manager}
        own_leaders = {normalise(t.name) for t in self.targets if _leads_herself(t)}
        found = {}
        for name in self.base:
            if normalise(name) not in named:
                continue
            whole = [self._led(name, key, set()) for key in self._keys(name)]
            # Beside other managers, who are led too, a manager may have the sum of her own people.
            direct = [self._led(name, key, named) for key in self._keys(name)]
            if not all(figures for _, figures in whole):
                continue
            several = any(len(figures) > 1 for _, figures in whole)
            if any(all(equal(own, sum(led)) for own, led in sums) for sums in (whole, direct)):
                # Who leads a group and belongs to it sells as well.
                found[name] = several and normalise(name) not in own_leaders
            elif several and all(own > sum(figures) for own, figures in whole):
                found[name] = False
        return found

    def _led(self, name: str, key: str, but: set[str]) -> tuple[Decimal, list[Decimal]]:
        led = {
            target.name
            for target in self.by_key[key]
            if normalise(target.manager) == normalise(name)
            and target.name != name
            and normalise(target.name) not in but
        }
        return self.sums[key][name], [self.sums[key][other] for other in led]

    def _sums_of_all(self) -> set[str]:
        """Return the names whose figures are those of all others, where that is no chance."""
        found = set()
        ends = {target.name for target in (*self.targets[:1], *self.targets[-1:])}
        for name in self.base:
            keys = self._keys(name)
            fits = [(self.sums[key][name], self._others(key, name)) for key in keys]
            telling = any(
                len(others) > BY_CHANCE or digits(figure) > DIGITS for figure, others in fits
            ) or (len(keys) > 1 and name in ends and not self.rows[name][0].person)
            several = all(len(others) >= BY_CHANCE for _, others in fits)
            if several and telling and all(equal(own, sum(others)) for own, others in fits):
                found.add(name)
        return found

    def _heads_of_runs(self) -> set[str]:
        """Return the names that stand above or below the rows that add up to theirs, by period."""
        for step in (1, -1):
            found = [heads_of_runs([t for t in rows if t.name in self.base][::step])
                     for rows in self.by_key.values()]  # fmt: skip
            if found and found[0] and all(heads == found[0] for heads in found):
                return found[0]
        return set()

    def _heads_of_lists(self) -> set[str]:
        """Return the few names at one end of each period that have what all others have."""
        for step in (1, -1):
            lists = [[t for t in rows if t.name in self.base][::step]
                     for rows in self.by_key.values()]  # fmt: skip
            found = [heads_of_list(rows, len(lists) > 1) for rows in lists]
            if found and found[0] and all(few == found[0] for few in found):
                return found[0]
        return set()


def _names_its_group(target: Target) -> bool:
    return target.group is not None and normalise(target.name) == normalise(target.group[1])


def _leads_herself(target: Target) -> bool:
    return bool(target.name) and normalise(target.manager) == normalise(target.name)


def whole_rows(rows: Mapping[str, Iterable[tuple[int, bool, Decimal]]]) -> frozenset[int]:
    """Return the rows of all parts together that repeat the parts beside them.

    `rows` has by key the position, whether it is of all, and its figure. None is returned where
    the parts of any key are not the whole.
    """
    out = set()
    for several in rows.values():
        whole = [(at, figure) for at, of_all, figure in several if of_all]
        parts = [figure for _, of_all, figure in several if not of_all]
        if not whole or not parts:
            continue
        if not all(equal(figure, sum(parts)) for _, figure in whole):
            return frozenset()
        out |= {at for at, _ in whole}
    return frozenset(out)
