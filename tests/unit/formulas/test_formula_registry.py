import re
from decimal import Decimal
from pathlib import Path

import pytest

from warehouse.formulas import exact, registry


def test_every_formula_says_what_it_is_and_on_what_law_it_rests() -> None:
    for one in registry.semua():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", one.id)
        assert one.judul and one.kalimat and one.dasar_hukum
        assert registry.rumus(one.id) is one


def test_the_ids_that_trails_use_are_known() -> None:
    for id_ in ("capaian_naik", "ikm", "nrr", "persen_desa", "serapan", "efisiensi_e"):
        assert registry.rumus(id_).id == id_
    assert registry.rumus("skor_idm").berlaku == "2016 sampai 2024"
    assert registry.rumus("skor_indeks_desa").berlaku == "sejak 2025"


def test_an_unknown_formula_is_an_error() -> None:
    with pytest.raises(registry.UnknownFormula, match="tebakan"):
        registry.rumus("tebakan")


def test_the_version_changes_with_the_rules(tmp_path: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", registry.versi())
    assert registry.versi() == registry.versi()
    choice = tmp_path / "630103.yaml"
    choice.write_text("skm_bobot: '0.111'", encoding="utf-8")
    once = registry.versi([choice])
    choice.write_text("skm_bobot: '1/9'", encoding="utf-8")
    assert len({registry.versi(), once, registry.versi([choice])}) == 3


def test_parameters_are_exact() -> None:
    assert exact.parameters("village")["idm"]["status"][0]["di_atas"] == Decimal("0.8155")
    with pytest.raises(exact.ParameterBroken, match="tidak_ada"):
        exact.parameters("tidak_ada")


def test_no_parameter_is_a_float() -> None:
    def floats(value: object) -> list[object]:
        if isinstance(value, dict):
            return [x for v in value.values() for x in floats(v)]
        if isinstance(value, list):
            return [x for v in value for x in floats(v)]
        return [value] if isinstance(value, float) else []

    for path in sorted(exact.HERE.glob("*.yaml")):
        assert floats(exact.parameters(path.stem)) == []


def test_a_mean_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no values"):
        exact.mean([])
