"""Sentences of the command line in two languages; what else people read comes from rules and contracts."""

from __future__ import annotations

from typing import Any

_WORDS: dict[str, tuple[str, str]] = {
    "accept_closing": (
        "{n} berkas diterima atau sudah ada, {failed} tidak. Selanjutnya: lumbung run",
        "{n} files accepted or already known, {failed} not. Next: lumbung run",
    ),
    "withdrawn": ("{name} ditarik. Jalankan: lumbung run", "{name} withdrawn. Next: lumbung run"),
    "template_written": ("Ditulis: {path}", "Written: {path}"),
    "propose_known": (
        "{name}: sudah dikenali; tidak perlu usulan.",
        "{name}: recognised; no proposal needed.",
    ),
    "propose_none": (
        "{name}: tidak ada bentuk yang cukup dekat. Tahu sumbernya? Tambahkan --source ({sources}).",
        "{name}: no form is near enough. If you know its source, add --source ({sources}).",
    ),
    "propose_there": (
        "{name}: usulannya sudah ada dan tidak ditimpa: {path}. Untuk yang baru, hapus dahulu yang itu.",
        "{name}: its proposal is there already and was left alone: {path}. Delete it for a new one.",
    ),
    "propose_written": (
        "{name}: usulan {form}, {guessed} dari {all} kolom ditebak, belum ada tebakan untuk: {missing}."
        " Periksa dan tegaskan di {path}, lalu: lumbung accept USULAN ITU",
        "{name}: proposal {form}, {guessed} of {all} columns guessed, no guess for: {missing}."
        " Look at it and confirm in {path}, then: lumbung accept THAT PROPOSAL",
    ),
    "serving": (
        "Dasbor di http://127.0.0.1:{site}\n"
        "Layar Dagster di http://127.0.0.1:{port}, siap dalam sekitar satu menit (Ctrl+C untuk berhenti)",
        "Dashboard on http://127.0.0.1:{site}\n"
        "Dagster on http://127.0.0.1:{port}, ready in about a minute (Ctrl+C stops it)",
    ),
    "evidence_made": (
        "Paket bukti: {path} ({n} bagian)\nSegel: {segel}\nCatat segel ini di berita acara; dengan itu paket"
        " terbukti utuh: lumbung verify PAKET.zip --segel SEGEL",
        "Evidence pack: {path} ({n} parts)\nSeal: {segel}\nPut this seal on record; it proves the pack whole:"
        " lumbung verify PACK.zip --segel SEAL",
    ),
    "verified": (
        "Utuh: {n} bagian, unit {unit}, periode {periode}.\nSegel: {segel}",
        "Whole: {n} parts, unit {unit}, period {periode}.\nSeal: {segel}",
    ),
    "verify_seal": (
        "Segel tidak disebut: paket hanya membuktikan dirinya. Cocokkan segel di atas dengan berita acara.",
        "No seal was given: the pack proves only itself. Compare the seal above with the one on record.",
    ),
    "verify_figures": (
        "{n} angka dihitung lagi dari asalnya; semuanya sama.",
        "{n} figures were recomputed from their trail; all of them agree.",
    ),
    "verify_other_formulas": (
        "Angkanya tidak dapat dihitung lagi di sini: paket dibuat dengan rumus {pack}, program ini {now}.",
        "The figures cannot be recomputed here: the pack was made with formulas {pack}, these are {now}.",
    ),
    "verify_fault": ("TIDAK UTUH · {part}: {why}", "NOT WHOLE · {part}: {why}"),
    "verify_inputs": (
        "Berkas masukan: {have} dari {all} ada di {folder}.",
        "Input files: {have} of {all} are in {folder}.",
    ),
    "verify_missing": ("   tidak ada: {name}", "   missing: {name}"),
    "unchanged": (
        "Tidak ada yang berubah sejak jalan terakhir; terbitan tetap berlaku.",
        "Nothing has changed since the last run; what was published stands.",
    ),
    "making": ("Mengolah", "Working"),
    "units": ("Angka terbit per unit dan tahun", "Figures published by unit and year"),
    "unit": ("Unit", "Unit"),
    "year": ("Tahun", "Year"),
    "out": ("Terbit", "Published"),
    "held": ("Ditahan", "Withheld"),
    "stale": ("Basi", "Stale"),
    "found": ("Temuan (tolak/tahan/ingat)", "Findings (reject/withhold/note)"),
    "others": ("{n} kecamatan lain (pembanding)", "{n} other kecamatan (benchmark)"),
    "main_figures": ("Indikator kinerja utama", "Main indicators"),
    "indicator": ("Indikator", "Indicator"),
    "target": ("Target", "Target"),
    "actual": ("Realisasi", "Actual"),
    "achieved": ("Capaian %", "Achievement %"),
    "category": ("Kategori", "Category"),
    "mean": ("Rata-rata capaian", "Mean achievement"),
    "diff_none": ("Tidak ada angka yang berubah sejak {since}.", "No figure has changed since {since}."),
    "diff_ever": ("terbitan pertama", "it was first published"),
    "diff_cause": ("{when} UTC · {sebab}: {why}  [{n} angka]", "{when} UTC · {sebab}: {why}  [{n} figures]"),
    "diff_first": ("pertama terbit {when}", "first published {when}"),
    "diff_more": (
        "   … dan {n} angka lain; semuanya: lumbung diff --format json",
        "   … and {n} more figures; all of them: lumbung diff --format json",
    ),
    "diff_reason": ("   ralat, alasannya: {why}", "   restatement, the reason: {why}"),
    "diff_silent": (
        '   ralat tanpa_alasan: {n} angka; catat: lumbung run --reason "ALASAN"',
        "   restatement without a reason (tanpa_alasan): {n} figures; record it:"
        ' lumbung run --reason "REASON"',
    ),
    "sebab_awal": ("terbitan pertama", "first publication"),
    "sebab_berkas_baru": ("berkas baru", "new file"),
    "sebab_berkas_diganti": ("berkas diganti", "file replaced"),
    "sebab_berkas_ditarik": ("berkas ditarik", "file withdrawn"),
    "sebab_koreksi": ("koreksi", "correction"),
    "sebab_pengecualian": ("pengecualian", "waiver"),
    "sebab_konfigurasi": ("konfigurasi", "configuration"),
    "sebab_temuan": ("temuan", "finding"),
    "sebab_aturan": ("aturan atau rumus", "rule or formula"),
    "sebab_program": ("versi program", "program version"),
    "sebab_lain": ("sebab lain", "another cause"),
    "why_held": ("Mengapa ditahan", "Why withheld"),
    "waived": ("Dikecualikan", "Waived"),
    "waiver": (
        "{id}: {banyak} temuan {aturan}, sampai {sampai}, {pemilik}: {alasan}",
        "{id}: {banyak} findings of {aturan}, until {sampai}, {pemilik}: {alasan}",
    ),
    "restated": (
        "{n} angka terbit periode yang sudah lewat berubah (ralat); uraiannya: lumbung diff --ralat",
        "{n} published figures of closed periods changed (restatement); in detail: lumbung diff --ralat",
    ),
    "unexplained": (
        '{n} ralat belum beralasan. Catat alasannya: lumbung run --reason "ALASAN"',
        '{n} restatements have no reason. Record it: lumbung run --reason "REASON"',
    ),
    "by_rule": ("Temuan menurut aturan", "Findings by rule"),
    "rule": ("Aturan", "Rule"),
    "consequence": ("Akibat", "Consequence"),
    "count": ("Banyak", "Count"),
    "example": ("Contoh", "Example"),
    "rows": (
        "Baris dibaca {dibaca} = diterima {diterima} + ditolak {ditolak} + tata letak {tata_letak}"
        " + tidak dikenal {tidak_dikenal}, dari {berkas} berkas.",
        "Rows read {dibaca} = accepted {diterima} + rejected {ditolak} + layout {tata_letak}"
        " + unknown {tidak_dikenal}, from {berkas} files.",
    ),
    "published_at": ("Terbitan: {path}", "Published: {path}"),
    "site_at": ("Dasbor: {path}", "Dashboard: {path}"),
    "no_site": (
        "GALAT DI DALAM LUMBUNG: dasbor tidak dapat dibuat ({fault}). Terbitan baru sudah berlaku dan utuh;"
        " yang lama hanya dasbornya ({path}). lumbung run berikutnya mencoba lagi.",
        "FAULT INSIDE LUMBUNG: the dashboard could not be made ({fault}). What was published stands and is"
        " whole; only the dashboard is the old one ({path}). The next lumbung run tries again.",
    ),
    "report_at": ("Laporan: {path}", "Report: {path}"),
    "findings_written": ("{n} temuan: {path}", "{n} findings: {path}"),
    "no_findings": ("Tidak ada temuan.", "No findings."),
    "nothing": (
        "Tidak ada angka yang dapat diterbitkan. Taruh berkas di {inbox} atau pakai: lumbung accept BERKAS",
        "No figure could be published. Put files into {inbox} or use: lumbung accept FILE",
    ),
    "nothing_goes_out": (
        "Tidak satu angka pun terbit dari {n} berkas; ditahan: {held}. Sebabnya di bawah.",
        "Not one figure of {n} files goes out; withheld: {held}. The reasons stand below.",
    ),
    "check_taken": ("{name}: dibaca sebagai {forms} baris", "{name}: read as {forms} rows"),
    "check_not_taken": (
        "{name}: tidak dibaca sebagai tabel yang dikenal",
        "{name}: not read as any known table",
    ),
    "check_judging": ("Menilai menurut aturan …", "Judging by the rules …"),
    "check_rows": (
        "Baris dibaca {dibaca} = diterima {diterima} + ditolak {ditolak} + tata letak {tata_letak}"
        " + tidak dikenal {tidak_dikenal}",
        "Rows read {dibaca} = accepted {diterima} + rejected {ditolak} + layout {tata_letak}"
        " + unknown {tidak_dikenal}",
    ),
    "check_propose": (
        'Bila ini berkas yang benar, buat usulan tata letaknya: lumbung accept --propose "{path}"',
        'If this is the right file, have a layout proposed: lumbung accept --propose "{path}"',
    ),
    "check_related": ("Sel terkait: {cells}", "Related cells: {cells}"),
    "check_written": ("Ditulis: {path}", "Written: {path}"),
    "check_more": (
        "… dan {n} temuan lain; semuanya ada di halaman dan buku kerja di bawah",
        "… and {n} more; all of them are in the page and the workbook below",
    ),
    "check_tidak_dikenal": (
        "Tidak dikenali: bila dikirim begini, berkas ini tidak dipakai.",
        "Not recognised: sent as it is, this file would not be used.",
    ),
    "check_ditolak": (
        "Tidak dapat dibaca: bila dikirim begini, berkas ini tidak dipakai.",
        "Cannot be read: sent as it is, this file would not be used.",
    ),
    "check_hilang": ("Tidak ada berkas dengan nama itu.", "There is no file of that name."),
    "check_konfigurasi_salah": (
        "Konfigurasi ini tidak dapat dipakai.",
        "This configuration cannot be used.",
    ),
    "check_grave": ("{n} temuan perlu diperbaiki ({said})", "to be mended: {n} ({said})"),
    "check_fine": ("Tidak ada yang perlu diperbaiki", "Nothing needs mending"),
    "check_fruitless": ("Tidak memberi satu angka pun", "Gives not one figure"),
    "check_notes": ("{n} catatan", "notes: {n}"),
    "check_no_notes": ("tanpa catatan", "no notes"),
    "check_unused": (
        " {n} dari {all} baris datanya tidak menjadi angka.",
        " {n} of its {all} rows of data become no figure.",
    ),
    "check_settled": (" (sudah dikoreksi atau dikecualikan)", " (corrected or waived already)"),
    "check_closing": (
        "{n} berkas diperiksa: {clean} siap dikirim, {rest} perlu dilihat."
        " Belum ada yang diterima; untuk menerima: lumbung accept BERKAS",
        "{n} files checked: {clean} ready to be sent, {rest} to be looked at."
        " Nothing was taken in; to do so: lumbung accept FILE",
    ),
    "report_nothing": (
        "belum ada terbitan di {home}. Jalankan dahulu: lumbung run",
        "nothing is published in {home} yet. First: lumbung run",
    ),
    "report_old": (
        "terbitan yang ada dibuat oleh versi lumbung yang lain dan tidak memuat semua yang dibaca laporan."
        " Jalankan dahulu: lumbung run",
        "what is published was made by another version of lumbung and lacks some of what this report reads."
        " First: lumbung run",
    ),
    "report_which_quarter": (
        "susunan {name} memantau satu triwulan; sebutkan yang mana: --quarter 1 sampai 4",
        "the arrangement {name} is of one quarter; say which: --quarter 1 to 4",
    ),
    "report_no_unit": (
        "belum ada angka terbit untuk unit {unit}. Yang ada:\n{listed}",
        "no figures are published for unit {unit}. There are:\n{listed}",
    ),
    "report_no_year": (
        "belum ada angka terbit {unit} tahun {year}. Yang ada: {years}",
        "no figures of {unit} are published for {year}. There are: {years}",
    ),
    "report_no_quarter": (
        "belum ada angka terbit {unit} untuk {period}. Triwulan yang ada: {quarters}",
        "no figures of {unit} are published for {period}. Quarters there are: {quarters}",
    ),
    "report_no_style": (
        "{folder} {name!r} tidak ada. Yang ada: {names}",
        "there is no {folder} {name!r}. There are: {names}",
    ),
    "report_broken": ("laporan tidak dapat dibuat: {why}", "the report cannot be made: {why}"),
    "report_own": (
        "laporan tidak dapat dibuat ({why}). Periksa berkas kantor Anda ini; yang dipindahkan dari foldernya"
        " digantikan bawaan program:\n{files}",
        "the report cannot be made ({why}). Look at these files of your office; one that is moved out of its"
        " folder is replaced by the program's own:\n{files}",
    ),
    "report_folder": (
        "folder {folder} tidak dapat dibuat ({why}); pilih folder lain: --to FOLDER",
        "folder {folder} cannot be made ({why}); choose another: --to FOLDER",
    ),
    "report_open": (
        "{file} sedang terbuka di Word, Excel, atau LibreOffice. Tutup dahulu, lalu ulangi.",
        "{file} is open in Word, Excel or LibreOffice. Close it, then try again.",
    ),
    "report_exists": (
        "{file} sudah ada dan mungkin sudah Anda sunting, jadi tidak ditimpa. Agar angkanya diperbarui tanpa"
        " mengubah tulisan Anda, tambahkan: --perbarui BERKAS.docx. Untuk menulis yang baru: --timpa",
        "{file} is there already and may hold your own words, so it was left alone. To bring its figures up"
        " to date and keep your words, add: --perbarui FILE.docx. To write a new one: --timpa",
    ),
    "report_locked": (
        "{file} tidak boleh ditulis: berkasnya terbuka, atau foldernya terkunci. Tutup, atau pilih folder"
        " lain: --to FOLDER",
        "{file} may not be written: it is open, or its folder is locked. Close it, or choose another folder:"
        " --to FOLDER",
    ),
    "report_no_file": (
        "{file} tidak ada; periksa nama dan foldernya",
        "{file} is not there; check its name and folder",
    ),
    "report_other": (
        "{file} adalah laporan {unit} periode {period}, bukan yang diminta ({asked}).",
        "{file} is the report of {unit}, period {period}, not the one asked for ({asked}).",
    ),
    "report_unwritten": ("{file} tidak dapat ditulis: {why}", "{file} cannot be written: {why}"),
    "report_figures": (
        "{n} angka terikat pada terbitan {when} UTC: {ditahan} ditahan, {basi} basi, {peka} baris peka",
        "{n} figures bound to the publication of {when} UTC: {ditahan} withheld, {basi} stale, {peka} rows"
        " sensitive",
    ),
    "report_slots": (
        "{n} bagian menunggu tulisan Anda (ditandai dalam laporan):",
        "{n} parts wait for your words (marked in the report):",
    ),
    "report_missing": (
        "{n} tabel belum ada isinya, sebab berkasnya belum masuk atau angkanya tidak ada:",
        "{n} tables have no figures yet, for want of a file or of figures:",
    ),
    "report_bring": ("   {title}  <- berkas: {sources}", "   {title}  <- file: {sources}"),
    "report_changed": (
        "{berubah} angka diperbarui, {sama} tetap, {ditahan} kini ditahan atau kosong, {ditulis_tangan} Anda"
        " tulis sendiri dan dibiarkan, {hilang} tidak ada lagi dalam gudang, {dihapus} Anda hapus",
        "{berubah} figures updated, {sama} as they were, {ditahan} now withheld or empty, {ditulis_tangan}"
        " written by you and left alone, {hilang} no longer in the warehouse, {dihapus} removed by you",
    ),
    "report_words": (
        "{n} kalimat tidak sesuai lagi dengan angkanya, atau Anda ubah; perbaiki sendiri. Sesudah -> bunyinya"
        " kini:",
        "{n} sentences no longer agree with their figures, or you changed them; mend them yourself. After ->"
        " the words now:",
    ),
    "report_cells": (
        "{n} angka lain berubah di dalam tabel.",
        "{n} more figures changed in tables.",
    ),
    "report_look": ("Baca lagi kalimat di sekitar angka ini:", "Read the words around these figures again:"),
    "see": (
        "Rincian temuan: lumbung findings · asal satu angka: lumbung why TABEL KUNCI=NILAI",
        "Findings in full: lumbung findings · where a figure comes from: lumbung why TABLE KEY=VALUE",
    ),
}


def say(text: str, lang: str, **facts: Any) -> str:
    """The sentence ``text`` in ``lang`` (``id`` or ``en``) with its facts filled in."""
    return _WORDS[text][0 if lang == "id" else 1].format(**facts)
