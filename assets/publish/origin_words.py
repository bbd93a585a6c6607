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
    "empty": ("kosong", "empty"),
    "origin": ("Rumus dan masukannya", "Formula and operands"),
    "command": ("Tanyakan lagi di komputer kantor", "Ask again on the office's computer"),
    "copy": ("Salin", "Copy"),
    "copied_now": ("Tersalin.", "Copied."),
    "copy_by_hand": ("Sudah disorot: tekan Ctrl+C.", "Marked: press Ctrl+C."),
    "close": ("Tutup", "Close"),
    "more": ("{n} lagi", "{n} more"),
    "loading": ("Memuat asal angka …", "Loading the origin …"),
    "unknown": (
        "Asal angka ini tidak ada di halaman ini: {id}. Tanyakan dengan: lumbung why {id}",
        "This page does not hold the origin of this figure: {id}. Ask with: lumbung why {id}",
    ),
    "failed": (
        "Asal angka tidak dapat dimuat: {sebab}. Map halaman ini perlu disalin lengkap.",
        "The origin could not be loaded: {sebab}. Copy the whole folder of this page.",
    ),
    "column": ("Kolom", "Column"),
    "not_out": ("(tidak terbit)", "(not published)"),
    "waived": ("dikecualikan", "waived"),
    "mended": ("dikoreksi", "corrected"),
}


def word(name: str, lang: str, **facts: Any) -> str:
    """The words ``name`` in ``lang`` (``id`` or ``en``), filled in."""
    return _WORDS[name][0 if lang == "id" else 1].format(**facts)


def every() -> dict[str, tuple[str, str]]:
    """All words by name, Indonesian and English: for a page's script."""
    return dict(_WORDS)
