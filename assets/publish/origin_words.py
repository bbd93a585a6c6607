"""The words around an origin, in Indonesian and English; what a formula says stays as the law has it."""

from __future__ import annotations

from typing import Any

_WORDS: dict[str, tuple[str, str]] = {
    "status": ("status {status}, versi aturan {versi}", "status {status}, version of rules {versi}"),
    "published": (
        "terbit {selesai} UTC, program {versi_program}",
        "published {selesai} UTC, program {versi_program}",
    ),
    "sensitive": (
        "peka terhadap pilihan lain yang sah: {peka}",
        "sensitive to other permitted choices: {peka}",
    ),
    "formula": ("rumus {id}", "formula {id}"),
    "basis": ("dasar: {dasar}", "basis: {dasar}"),
    "valid": ("berlaku {berlaku}", "valid {berlaku}"),
    "again": ("(diuraikan di atas)", "(told above)"),
    "choice": (
        "pilihan {nama} (konfigurasi unit atau bawaan)",
        "choice {nama} (the unit's configuration or the default)",
    ),
    "constant": ("(tetapan rumus)", "(constant of the formula)"),
    "corrected": ("koreksi {id}", "correction {id}"),
    "copied": ("disalin dari", "copied from"),
    "copied_from": ("disalin dari {tabel}.{kolom}", "copied from {tabel}.{kolom}"),
    "cara_label": ("label", "label"),
    "cara_ditetapkan": ("ditetapkan", "set by lumbung"),
    "cara_disalin": ("disalin", "copied"),
    "cara_kosong": ("kosong", "empty"),
    "findings": ("Temuan yang menyentuhnya", "Findings that touch it"),
    "corrections": ("Koreksi yang dipakai", "Corrections applied"),
    "formulas": ("Rumus dan dasar hukumnya", "Formulas and their legal basis"),
    "none": ("tidak ada", "none"),
    "title": ("Asal angka", "Origin of a figure"),
    "open_all": ("Buka semua", "Open all"),
    "close_all": ("Tutup semua", "Close all"),
    "reason": ("Alasan", "Reason"),
    "column": ("Kolom", "Column"),
    "not_out": ("(tidak terbit)", "(not published)"),
    "waived": ("dikecualikan", "waived"),
    "mended": ("dikoreksi", "corrected"),
}


def word(name: str, lang: str, **facts: Any) -> str:
    """The words ``name`` in ``lang`` (``id`` or ``en``), filled in."""
    return _WORDS[name][0 if lang == "id" else 1].format(**facts)
