from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.formulas import accounts
from warehouse.formulas.rounding import rounded


def test_absorption_of_pelaihari_2025() -> None:
    pagu, realised = Decimal("12296340286.46"), Decimal("11200768358")
    assert rounded(accounts.serapan(pagu, realised) or Decimal(0), 2) == Decimal("91.09")
    assert accounts.sisa(pagu, realised) == Decimal("1095571928.46")


def test_no_budget_no_percentage() -> None:
    assert accounts.serapan(Decimal(0), Decimal(0)) is None
    assert accounts.serapan(None, Decimal(1)) is None
    assert accounts.serapan(Decimal(1), None) is None
    assert accounts.sisa(Decimal(1), None) is None


@pytest.mark.parametrize(
    ("code", "tree", "level", "parent"),
    [
        ("5", "rekening", "akun", None),
        ("5.1", "rekening", "kelompok", "5"),
        ("5.1.02.01.01.0052", "rekening", "sub_rincian", "5.1.02.01.01"),
        ("7.01.01", "program", "program", "TOTAL"),
        ("7.01.01.2.01", "program", "kegiatan", "7.01.01"),
        ("7.01.01.2.01.0001", "program", "sub_kegiatan", "7.01.01.2.01"),
        ("X.XX.01.2.06", "program", "kegiatan", "X.XX.01"),
        ("TOTAL", "program", "total", None),
        ("nama:pembinaan", "program", None, None),
        ("7.01", "program", None, None),
    ],
)
def test_levels_and_parents(code: str, tree: accounts.Pohon, level: str | None, parent: str | None) -> None:
    assert accounts.level(code, tree) == level
    assert accounts.parent(code, tree) == parent


def test_all_ancestors_nearest_first() -> None:
    assert accounts.ancestors("7.01.01.2.01.0001", "program") == ("7.01.01.2.01", "7.01.01", "TOTAL")


def up(code: str) -> str | None:
    return accounts.parent(code, "rekening")


def test_missing_parents_are_built_and_given_ones_kept() -> None:
    built = accounts.build_up({"5.1.02.01": Decimal(7), "5.1.02.02": Decimal("3.5"), "5.1": Decimal(99)}, up)
    assert built == {"5.1.02": (Decimal("10.5"), ("5.1.02.01", "5.1.02.02")), "5": (Decimal(99), ("5.1",))}


def test_a_parent_over_an_unknown_amount_is_unknown() -> None:
    assert accounts.build_up({"5.1": None, "5.2": Decimal(4)}, up) == {"5": (None, ("5.1", "5.2"))}
    assert accounts.add([]) is None
    assert accounts.add([Decimal("0.10"), Decimal("0.20")]) == Decimal("0.30")


@given(
    st.dictionaries(
        st.from_regex(r"5\.[12]\.0[1-3]\.0[1-4]", fullmatch=True), st.decimals(0, 10**12, places=2)
    )
)
def test_the_top_of_a_built_tree_is_the_sum_of_its_leaves(leaves: dict[str, Decimal]) -> None:
    built = accounts.build_up(leaves, up)
    assert ("5" in built) == bool(leaves)
    if leaves:
        assert built["5"][0] == sum(leaves.values())
