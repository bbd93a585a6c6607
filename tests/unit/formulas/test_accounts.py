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


def _amounts(**given: int) -> dict[str, Decimal]:
    return {name.replace("_", "."): Decimal(value) for name, value in given.items()}


def _misprints(amounts: dict[str, Decimal], **repeated: int) -> dict[str, Decimal]:
    below = accounts.directly_below(amounts, lambda kode: accounts.parent(kode, "rekening"))
    return accounts.misprints(amounts, below, dict.fromkeys(amounts, True), _amounts(**repeated))


def test_levels_that_are_missing_are_passed_over() -> None:
    below = accounts.directly_below(
        ["5", "5.1.02.01", "5.1.02.02"], lambda kode: accounts.parent(kode, "rekening")
    )
    assert below == {"5": ("5.1.02.01", "5.1.02.02")}


def test_a_subtotal_is_a_misprint_where_the_code_above_needs_the_sum_of_its_children() -> None:
    tree = {"5": 100, "5.1": 60, "5.2": 44, "5.2.02": 30, "5.2.03": 10}
    assert _misprints({k: Decimal(v) for k, v in tree.items()}) == {"5.2": 40}


def test_a_wrong_child_proves_nothing() -> None:
    # 5 and 5.2 agree; the child is wrong, or another child is missing.
    tree = {"5": 100, "5.1": 60, "5.2": 40, "5.2.02": 33, "5.2.03": 10}
    assert _misprints({k: Decimal(v) for k, v in tree.items()}) == {}


def test_a_printed_total_of_the_same_account_proves_it() -> None:
    tree = {"5": Decimal(105), "5.1": Decimal(60), "5.2": Decimal(40)}
    assert _misprints(tree) == {}
    below = {"5": ("5.1", "5.2")}
    found = accounts.misprints(tree, below, dict.fromkeys(tree, True), {"5": Decimal(100)})
    assert found == {"5": 100}


def test_whole_rupiah_beside_cents_are_compared_at_the_rupiah_for_each_addend() -> None:
    cents = [Decimal("8007404.10"), Decimal("12734098.60")]
    assert not accounts.contradicts(Decimal(20741504), cents, whole_rupiah=True)
    assert accounts.contradicts(Decimal(20741504), cents, whole_rupiah=False)
