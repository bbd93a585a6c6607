"""Every word of the page and the workbook, in Indonesian and English; findings bring their own sentences.

Words that tables hold (``tahan``, ``terbit``, ``status_desa``) stay as they are in both languages: they are
what one looks for in the warehouse. What each means is said in the reader's language.
"""

from __future__ import annotations

from assets.publish import paper

LANGUAGES = ("id", "en")

# Each word of the page by its name: Indonesian, English.
_WORDS: dict[str, tuple[str, str]] = {
    "judul": ("Laporan validasi", "Validation report"),
    "langsung": ("Langsung ke temuan", "Skip to the findings"),
    "isi": ("Isi halaman", "Contents"),
    "jalan": ("Jalan", "Run"),
    "selesai_pada": ("selesai", "finished"),
    "program": ("program", "program"),
    "versi_aturan": ("aturan", "rules"),
    "hanya": ("Hanya", "Only"),
    "ringkasan": ("Ringkasan", "Summary"),
    "n_temuan": ("temuan", "findings"),
    "terbuka": ("terbuka", "open"),
    "baru_": ("baru", "new"),
    "n_hilang": ("tidak ada lagi sejak jalan sebelumnya", "gone since the run before"),
    "angka_terbit": ("angka terbit", "figures published"),
    "angka_ditahan": ("angka ditahan", "figures withheld"),
    "angka_basi": ("angka basi (terbitan lama)", "figures stale (as published before)"),
    "aturan_lolos": ("pemeriksaan lolos", "checks passed"),
    "aturan_dilanggar": ("pemeriksaan dilanggar", "checks broken"),
    "baris_neraca": (
        "Baris dibaca {dibaca} = diterima {diterima} + ditolak {ditolak} + tata letak {tata_letak} + "
        "tidak dikenal {tidak_dikenal}.",
        "Rows read {dibaca} = accepted {diterima} + rejected {ditolak} + layout {tata_letak} + "
        "unknown {tidak_dikenal}.",
    ),
    "satu_baris_angka": (
        "Satu angka di sini = satu baris tabel angka",
        "One figure here = one row of a figure table",
    ),
    "unit_judul": ("Unit dan tahun", "Units and years"),
    "unit_ket": (
        "Angka menurut keadaan terbit dan temuan terbuka menurut akibat, tiap unit dan tahun. Unit dengan "
        "angka yang ditahan di atas, unit yang hanya menjadi pembanding di bawah.",
        "Figures by state and open findings by consequence, for each unit and year. Units with something "
        "withheld come first, those that only serve comparison last.",
    ),
    "unit": ("Unit", "Unit"),
    "tahun": ("Tahun", "Year"),
    "keadaan": ("Keadaan", "State"),
    "terbit": ("Terbit", "Published"),
    "ditahan": ("Ditahan", "Withheld"),
    "basi": ("Basi", "Stale"),
    "selesai": ("Dikoreksi / dikecualikan", "Corrected / waived"),
    "tanpa_unit": ("(unit tidak diketahui)", "(unit unknown)"),
    "pembanding": ("pembanding", "comparison"),
    "lampu_ditahan": ("Ada yang ditahan", "Something is withheld"),
    "lampu_perbaiki": ("Perlu diperbaiki", "To be mended"),
    "lampu_catatan": ("Ada catatan", "With notes"),
    "lampu_bersih": ("Bersih", "Clean"),
    "lampu_rencana": ("Hanya rencana", "Planned only"),
    "ditahan_judul": ("Angka yang ditahan atau basi", "Figures withheld or stale"),
    "ditahan_ket": (
        "Angka yang tidak terbit seluruhnya, dengan sebabnya. Klik kuncinya untuk melihat asalnya.",
        "Figures that do not go out whole, and why. Click a key to see where it comes from.",
    ),
    "angka_judul": ("Angka dan asalnya", "Figures and where they come from"),
    "angka_ket": (
        "Setiap angka unit yang melapor. Klik satu angka: rumus, dasar hukum, masukan sampai berkas, lembar "
        "dan sel, koreksi, dan temuan yang menyentuhnya.",
        "Every figure of the reporting units. Click one: formula, legal basis, operands down to file, sheet "
        "and cell, corrections, and the findings that touch it.",
    ),
    "angka_tanpa_js": (
        "Daftar ini memerlukan JavaScript. Tanpa itu: lumbung why TABEL KUNCI=NILAI.",
        "This list needs JavaScript. Without it: lumbung why TABLE KEY=VALUE.",
    ),
    "angka_cari": ("Cari angka", "Search the figures"),
    "angka_hitungan": ("{n} baris angka", "{n} rows of figures"),
    "angka_banding": ("dan {n} baris perbandingan", "and {n} rows of comparisons"),
    "angka_lama": (
        "peramban ini terlalu lama untuk membukanya; pakai yang lebih baru, atau lumbung why",
        "this browser is too old to open it; use a newer one, or lumbung why",
    ),
    "tabel": ("Tabel", "Table"),
    "kunci": ("Kunci", "Key"),
    "periode": ("Periode", "Period"),
    "alasan": ("Alasan", "Reason"),
    "diganti_oleh": ("digantikan oleh {nama}", "replaced by {nama}"),
    "temuan": ("Temuan", "Findings"),
    "akibat": ("Akibat", "Consequence"),
    "aturan": ("Aturan", "Rule"),
    "berkas": ("Berkas", "File"),
    "lembar": ("Lembar", "Sheet"),
    "sel": ("Sel", "Cell"),
    "cari": ('Cari (kata, atau "kalimat dalam kutip")', 'Search (words, or "a phrase in quotes")'),
    "kelompok": ("Kelompokkan", "Group by"),
    "semua": ("semua", "all"),
    "menurut_sebab": ("sebab", "cause"),
    "menurut_aturan": ("aturan", "rule"),
    "menurut_berkas": ("berkas", "file"),
    "menurut_unit": ("unit", "unit"),
    "menurut_tanpa": ("tidak dikelompokkan", "not grouped"),
    "saringan": ("Saringan temuan", "Filter the findings"),
    "bersihkan": ("Hapus saringan", "Clear filters"),
    "hitungan": ("{n} dari {semua} temuan, dalam {k} kelompok", "{n} of {semua} findings, in {k} groups"),
    "hitungan_datar": ("{n} dari {semua} temuan", "{n} of {semua} findings"),
    "tidak_ada": ("Tidak ada temuan dengan saringan ini.", "No finding fits these filters."),
    "tidak_ada_sama_sekali": ("Tidak ada temuan.", "No findings."),
    "tanpa_js": (
        "Saringan dan pencarian memerlukan JavaScript. Di bawah ini {n} dari {semua} temuan, yang "
        "paling berat dahulu; semuanya ada di temuan.xlsx dan temuan.json di map yang sama.",
        "Filters and search need JavaScript. Below are {n} of {semua} findings, gravest first; all of "
        "them are in temuan.xlsx and temuan.json in the same folder.",
    ),
    "muat": ("Memuat {n} temuan …", "Loading {n} findings …"),
    "lagi": ("{n} lagi", "{n} more"),
    "sebelumnya": ("Sebelumnya", "Previous"),
    "berikutnya": ("Berikutnya", "Next"),
    "halaman": ("{a}–{b} dari {n}", "{a}–{b} of {n}"),
    "halaman_kelompok": ("Kelompok {a}–{b} dari {n}", "Groups {a}–{b} of {n}"),
    "cari_di_tabel": ("Cari dalam tabel", "Search in the table"),
    "tertulis": ("Tertulis", "Printed"),
    "seharusnya": ("Seharusnya", "Expected"),
    "selisih": ("Selisih", "Difference"),
    "dugaan": ("Dugaan", "Likely"),
    "dugaan_sel": ("sel yang dicurigai", "suspect cell"),
    "sel_terkait": ("Sel lain yang terkait", "Related cells"),
    "cara": ("Perbaiki", "To mend"),
    "dasar": ("Dasar", "Basis"),
    "menahan": ("Menahan angka", "Withholds"),
    "menyentuh": ("Menyentuh angka", "Touches"),
    "sejak": ("sejak", "since"),
    "jumlah": ("mewakili {n} pelanggar", "stands for {n} offenders"),
    "tautan": ("tautan", "link"),
    "koreksi": ("Koreksi", "Correction"),
    "pengecualian": ("Pengecualian", "Waiver"),
    "pemilik": ("Pemilik", "Owner"),
    "sampai": ("berlaku sampai", "valid until"),
    "buka_salinan": ("Buka salinan bertanda", "Open the marked copy"),
    "tanpa_berkas": ("(tanpa berkas)", "(no file)"),
    "tanpa_periode": ("(tanpa periode)", "(no period)"),
    "sebab_bersama": ("{n} temuan dari {k} aturan, satu sebab", "{n} findings of {k} rules, one cause"),
    "cetak_sebagian": (
        "Tercetak {n} dari {semua} temuan yang tersaring; persempit saringan untuk mencetak semuanya.",
        "{n} of {semua} filtered findings are printed; narrow the filters to print them all.",
    ),
    "aturan_judul": ("Yang diperiksa", "What was checked"),
    "aturan_ket": (
        "Setiap aturan atas setiap tabel: berapa baris dinilai, berapa yang melanggar. Aturan 'dalam "
        "kode' dijalankan saat membaca, membersihkan, dan menghitung; ia tidak menghitung baris, jadi "
        "hanya terlihat bila ada temuan.",
        "Each rule on each table: rows judged and offenders. Rules 'in code' are applied while "
        "reading, cleaning and computing; they count no rows, so they show only where they find "
        "something.",
    ),
    "dinilai": ("Baris dinilai", "Rows judged"),
    "pelanggar": ("Pelanggar", "Offenders"),
    "mengapa": ("Mengapa", "Why"),
    "lolos": ("Lolos", "Passed"),
    "dilanggar": ("Dilanggar", "Broken"),
    "tanpa_baris": ("Tidak dijalankan: tidak ada barisnya", "Not run: no rows"),
    "dalam_kode": ("Dalam kode: tidak ada temuan", "In code: no finding"),
    "berkas_judul": ("Berkas sumber", "Source files"),
    "berkas_ket": (
        "Setiap berkas yang pernah diterima: status, kapan diterima, dan sidik SHA-256 isinya. Hitung "
        "sendiri: sha256sum BERKAS.",
        "Every file received: status, when accepted, and the SHA-256 of its bytes. Prove it yourself: "
        "sha256sum FILE.",
    ),
    "sumber": ("Sumber", "Source"),
    "status": ("Status", "Status"),
    "diterima_pada": ("Diterima (UTC)", "Accepted (UTC)"),
    "ukuran": ("Bita", "Bytes"),
    "sidik": ("SHA-256", "SHA-256"),
    "salinan": ("Salinan bertanda", "Marked copy"),
    "neraca_judul": ("Neraca baris", "Row balance"),
    "neraca_ket": (
        "Setiap baris fisik terhitung: dibaca = diterima + ditolak + tata letak + tidak dikenal.",
        "Every physical row is accounted for: read = accepted + rejected + layout + unknown.",
    ),
    "dibaca": ("Dibaca", "Read"),
    "diterima": ("= diterima", "= accepted"),
    "ditolak": ("+ ditolak", "+ rejected"),
    "tata_letak": ("+ tata letak", "+ layout"),
    "tidak_dikenal": ("+ tidak dikenal", "+ unknown"),
    "selesai_judul": ("Koreksi dan pengecualian tercatat", "Recorded corrections and waivers"),
    "selesai_ket": (
        "Temuan yang dikoreksi atau dikecualikan tetap ditampilkan, dengan alasan dan pemiliknya.",
        "Findings that are corrected or waived are still shown, with reason and owner.",
    ),
    "jenis": ("Jenis", "Kind"),
    "id": ("Pengenal", "Id"),
    "tentang": ("Tentang", "About"),
    "habis": ("sudah habis", "expired"),
    "hilang_judul": ("Temuan yang tidak ada lagi", "Findings that are gone"),
    "hilang_ket": (
        "Ada pada jalan sebelumnya, tidak ditemukan lagi pada jalan ini.",
        "In the run before, not found in this one.",
    ),
    "kalimat": ("Temuan", "Finding"),
    "catatan_judul": ("Catatan penulisan laporan", "Notes on writing this report"),
    "catatan_salinan": (
        "Salinan bertanda {nama} tidak dapat dibuat: {sebab}",
        "The marked copy of {nama} could not be made: {sebab}",
    ),
    "catatan_besar": (
        "{nama} ({mb} MB) terlalu besar untuk salinan bertanda; temuannya ada di laporan ini.",
        "{nama} ({mb} MB) is too large for a marked copy; its findings are in this report.",
    ),
    "catatan_lama": (
        "{nama} sudah tidak berlaku tetapi tidak dapat dihapus: {sebab}",
        "{nama} is out of date but could not be removed: {sebab}",
    ),
    "catatan_tertutup": (
        "{nama} tidak dapat ditulis: {sebab}. Tutup berkas itu, lalu: lumbung findings --format {bentuk}",
        "{nama} could not be written: {sebab}. Close that file, then: lumbung findings --format {bentuk}",
    ),
    "kaki": (
        "Dibuat dari lumbung.duckdb; berkas ini berdiri sendiri dan tidak memerlukan jaringan.",
        "Made from lumbung.duckdb; this file stands alone and needs no network.",
    ),
    "menit": ("{t} UTC", "{t} UTC"),
    "sebagian": ("Sebagian ditahan", "Partly withheld"),
}
# What each consequence means; Indonesian is in ``paper``, for every page says it.
_MEANS_EN = {
    "henti": "nothing is published",
    "tahan": "this figure stays back until it is settled",
    "tolak": "this row or cell is not used",
    "ingat": "the figure goes out, with a note",
}
# The sign stands beside the colour, never without it.
SIGNS = {"henti": "■", "tahan": "✗", "tolak": "▲", "ingat": "●"}
LIGHT_SIGNS = {"ditahan": "✗", "perbaiki": "▲", "catatan": "●", "bersih": "✓", "rencana": "○"}
_KEADAAN: dict[str, tuple[str, str]] = {
    "baru": ("baru", "new"),
    "lama": ("sudah diketahui", "known before"),
    "dikecualikan": ("dikecualikan", "waived"),
    "dikoreksi": ("dikoreksi", "corrected"),
}


def words(lang: str) -> dict[str, str]:
    """All words of the page in one language."""
    return {name: said[LANGUAGES.index(lang)] for name, said in _WORDS.items()}


def meanings(lang: str) -> dict[str, str]:
    """What each consequence means, the gravest first."""
    return paper.MEANS if lang == "id" else _MEANS_EN


def states(lang: str) -> dict[str, str]:
    """What each state of a finding is called."""
    return {state: said[LANGUAGES.index(lang)] for state, said in _KEADAAN.items()}
