"""Lists of people in six languages, and where they sell."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

PEOPLE = [
    ["Mitarbeiter", "Team", "Vorgesetzter", "Stufe", "Eintrittsdatum"],
    ["Collaborateur", "Équipe", "Supérieur", "Niveau", "Date d'embauche"],
    ["Empleado", "Equipo", "Superior", "Nivel", "Fecha de ingreso"],
    ["Dipendente", "Squadra", "Responsabile", "Livello", "Data di assunzione"],
    ["Medewerker", "Team", "Leidinggevende", "Niveau", "Datum in dienst"],
    ["Funcionário", "Equipe", "Gestor", "Nível", "Data de admissão"],
]


@pytest.mark.parametrize("header", PEOPLE)
def test_a_list_of_people_is_read_in_its_language(store: Store, header: list[str]) -> None:
    rows = [header, ["Anna Vogt", "Nord", "Eva Lang", "2", "2024-05-01"],
            ["Bernd Roth", "Süd", "Eva Lang", "1", "2025-02-01"]]  # fmt: skip
    brought(store, f"{header[0]}.csv", as_csv(rows))
    assert store.rows("SELECT rep, team, manager, hire_date::VARCHAR FROM reps ORDER BY 1") == [
        ("Anna Vogt", "Nord", "Eva Lang", "2024-05-01"),
        ("Bernd Roth", "Süd", "Eva Lang", "2025-02-01"),
    ]


@pytest.mark.parametrize("header", ["所在地区", "负责区域", "管辖区域"])
def test_where_people_sell_is_their_region(store: Store, header: str) -> None:
    rows = [
        ["姓名", "部门", "岗位", header],
        ["张三", "一组", "销售", "华东"],
        ["李四", "二组", "销售", "华南"],
    ]
    (draft,) = drafts_of(store, "花名册.xlsx", as_xlsx(rows))
    assert (draft.table, asked(store, draft)) == ("reps", [])
    brought(store, "花名册.xlsx", as_xlsx(rows))
    assert store.rows("SELECT rep, region FROM reps ORDER BY 2") == [
        ("张三", "华东"),
        ("李四", "华南"),
    ]
