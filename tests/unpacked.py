"""What a page makes of a pack (``assets/publish/way_back/asal.js``), in Python: so that tests can compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_GRAVEST_FIRST = ("henti", "tahan", "tolak", "ingat")


class Unpacked:
    """A pack whose figures can be asked as ``origin_tree.tree`` is."""

    def __init__(self, pack: Mapping[str, Any]) -> None:
        self._pack, self._text = pack, pack["teks"]
        self._keys = [self._key(row) for row in pack["baris"]]
        self._rows = {(self._text[r[0]], self._keys[n]): n for n, r in enumerate(pack["baris"])}
        self._at = {self._place(n): n for n in range(len(pack["simpul"]))}

    def _key(self, row: list[Any]) -> str:
        names = self._pack["tabel"][self._text[row[0]]]["kunci"]
        return ";".join(f"{k}={self._text[v]}" for k, v in zip(names, row[1], strict=True))

    def _place(self, n: int) -> tuple[str, str, str]:
        row, column = self._pack["simpul"][n][:2]
        return self._text[self._pack["baris"][row][0]], self._keys[row], self._text[column]

    def tree(self, table: str, key: str, column: str | None = None) -> dict[str, Any]:
        """The origin of a figure, or of a row."""
        at = self._rows[table, key]
        name, values, called, status, why, version, sensitive, found, listed = self._pack["baris"][at]
        self.told: set[int] = set()
        self.met: set[str] = {self._text[i] for i in found}
        self.formulas: dict[str, Any] = {}
        asked = [self._at[table, key, column]] if column else listed
        columns = [self._figure(n) for n in asked if column or n not in self.told]
        said = self._pack["tabel"][self._text[name]]
        findings = {i: self._pack["temuan"][i] for i in self.met}
        ordered = sorted(findings.items(), key=lambda f: (_GRAVEST_FIRST.index(f[1]["akibat"]), f[0]))
        mended = {f["koreksi_id"] for f in findings.values()}
        return {
            "tabel": table,
            "judul": said["judul"],
            "kunci": {k: self._text[v] for k, v in zip(said["kunci"], values, strict=True)},
            "kunci_teks": key,
            "sebutan": [self._text[i] for i in called],
            "status_terbit": self._text[status],
            "alasan": self._text[why],
            "versi_aturan": self._text[version],
            "peka": self._text[sensitive],
            "terbit": self._pack["terbit"],
            "kolom": columns,
            "rumus": self.formulas,
            "temuan": dict(ordered),
            "koreksi": {k: v for k, v in self._pack["koreksi"].items() if k in mended},
        }

    def _touching(self, ids: list[int]) -> list[str]:
        said = [self._text[i] for i in ids]
        self.met |= set(said)
        return said

    def _figure(self, n: int) -> dict[str, Any]:
        row, column, value, shown, _, copies, *_ = self._pack["simpul"][n]
        at = n if copies < 0 else copies
        *_, how, _, sentence, operands = self._pack["simpul"][at]
        table, key, name = self._place(n)
        means, unit = self._pack["tabel"][table]["kolom"][self._text[column]]
        node: dict[str, Any] = {
            "tabel": table, "kunci": key, "kolom": name, "arti": means, "satuan": unit,
            "nilai": self._text[value], "tampil": self._text[shown], "cara": self._text[how],
            "rumus": [], "masukan": [], "temuan": self._touching(self._pack["baris"][row][7]),
        }  # fmt: skip
        if at != n:
            node["disalin_dari"] = dict(zip(("tabel", "kunci", "kolom"), self._place(at), strict=True))
        if sentence:
            node |= {"kalimat": self._text[sentence[0]], "kalimat_en": self._text[sentence[1]]}
        elif at in self.told:
            return node | {"ulangan": True}
        else:
            self.told.add(at)
            node["rumus"] = list(dict.fromkeys(self._text[o[2]] for o in operands))
            for one in node["rumus"]:
                self.formulas.setdefault(one, self._pack["rumus"][one])
        return node | {"masukan": [self._operand(o) for o in operands]}

    def _operand(self, packed: list[int]) -> dict[str, Any]:
        kind, role, formula, value, where, *shown = packed
        said = {"peran": self._text[role], "rumus": self._text[formula], "nilai": self._text[value],
                "jenis": self._text[kind]}  # fmt: skip
        if said["jenis"] == "angka":
            node = self._figure(where)
            return said | {"tampil": node["tampil"], "angka": node}
        said["tampil"] = self._text[shown[0]]
        if said["jenis"] == "sel":
            file, sheet, address, mended, found = self._pack["sel"][where]
            berkas_id, name = self._pack["berkas"][file]
            said["sel"] = {
                "berkas": name, "berkas_id": berkas_id, "lembar": self._text[sheet],
                "sel": self._text[address], "koreksi": self._text[mended],
                "temuan": self._touching(found),
            }  # fmt: skip
        if said["jenis"] == "pilihan":
            said["pilihan"] = self._text[where]
        return said
