"""The sheet Petunjuk: how to fill in the workbook, column by column, in the words of the rules."""

from __future__ import annotations

from assets.publish.input_template.checks import ranges_said
from assets.publish.input_template.lists import SHEET as LISTS_SHEET
from assets.publish.input_template.sheet import PERIOD_BLANK, UNIT_BLANK, headers
from assets.readers.templat import Ask, Plan, Sheet

SHEET = "Petunjuk"
COLUMNS = ("Lembar isian", "Judul kolom", "Wajib?", "Apa yang diisi", "Penjelasan")
WIDTHS = (20, 30, 9, 34, 70)
_HOW = {
    "uang": "Rupiah penuh, angka saja",
    "angka": "Angka",
    "bulat": "Angka bulat",
    "teks": "Teks",
    "bebas": "Seperti tercetak di dokumen",
}


def lines(plan: Plan, unit_known: bool, tahun: int | None) -> list[str]:
    """What is told before the table of columns."""
    told = [
        f"PETUNJUK PENGISIAN: {plan.judul}",
        "1. Isilah sel putih di bawah kepala kolom. Kepala kolom biru tua bertanda * wajib diisi; yang lain"
        " boleh kosong.",
        "2. Kosong berarti tidak ada data, 0 berarti memang nol. Jangan menulis 0 bila belum diketahui.",
        "3. Angka ditulis sebagai angka: tanpa Rp, desimal dengan koma. Kode ditulis sebagai teks,"
        " lengkap dengan titik dan nol di depannya.",
        "4. Sel yang berubah warna perlu dilihat lagi: jingga berarti wajib tetapi masih kosong, merah"
        " berarti di luar rentang.",
        "5. Baris JUMLAH atau NRR di bawah kepala kolom terhitung sendiri; jangan diketik.",
        "6. Jangan mengubah tulisan kepala kolom. Baris boleh ditambah; kolom yang tidak wajib boleh"
        " dihapus.",
        "7. Lembar yang tidak diperlukan biarkan kosong. Nama orang, NIK, dan nomor telepon tidak diperlukan"
        " di mana pun.",
        "8. Simpan sebagai .xlsx, lalu: lumbung accept NAMA BERKAS. Yang salah disebut selnya dan cara"
        " memperbaikinya.",
    ]
    blanks = [] if unit_known else [f'"{UNIT_BLANK}"']
    blanks += [] if tahun or not _has_period(plan) else [f'"{PERIOD_BLANK}"']
    if blanks:
        told.append(f"9. Gantilah titik-titik pada {' dan '.join(blanks)} di atas tiap tabel yang Anda isi.")
    return told


def _has_period(plan: Plan) -> bool:
    return any(s.periode != "tidak" and s.form.periode != "baris" for s in plan.sheets)


def table(plan: Plan, tahun: int | None) -> list[tuple[str, ...]]:
    """A line for every column of every sheet."""
    return [COLUMNS, *(_line(s, a, tahun) for s in plan.sheets for a in s.asks)]


def _line(sheet: Sheet, ask: Ask, tahun: int | None) -> tuple[str, ...]:
    named = headers(ask, tahun)
    shown = named[0] if len(named) == 1 else f"{named[0]} … {named[-1]}"
    return (sheet.nama, shown, "wajib" if ask.wajib else "", _what(sheet, ask), _why(ask))


def _what(sheet: Sheet, ask: Ask) -> str:
    if ask.kata:
        return f"{'Salah satu' if ask.tertutup else 'Misalnya'}: {', '.join(ask.kata)}"
    if ask.daftar:
        return "Dari daftar" if ask.tertutup else "Dari daftar, atau tulis sendiri"
    said = ranges_said(ask, sheet.fakta)
    return f"{_HOW[ask.isi]}{f', {said}' if said else ''}"


def _why(ask: Ask) -> str:
    reasons = dict.fromkeys(b.mengapa for b in ask.batas)
    beside = f"Lihat lembar {LISTS_SHEET}." if ask.daftar and ask.daftar != "tahun" else ""
    return " ".join(x for x in (f"{ask.catatan}." if ask.catatan else "", *reasons, beside) if x)
