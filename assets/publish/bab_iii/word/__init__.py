"""Bab III as a Word document: written in the style of an office, and brought up to date after she edited it.

    write(dokumen, gaya, to)                       DOCX with bound figures
    pages(dokumen, gaya) -> halaman                page numbers for the lists, where LibreOffice is installed
    bound(docx) -> figures, facts                  what a document is bound to
    bound_controls(document)                       those figures where they stand in it
    refresh(docx, sekarang, to) -> Pembaruan       present figures in a document that was edited

A style is any ``.docx`` with the named styles of ``office.STYLES``; ours stand in ``warehouse/bab_iii/gaya``.
"""

from assets.publish.bab_iii.word.bound import Bound as Bound
from assets.publish.bab_iii.word.bound import controls as bound_controls  # noqa: F401
from assets.publish.bab_iii.word.layout import pages as pages
from assets.publish.bab_iii.word.office import STYLES as STYLES
from assets.publish.bab_iii.word.office import StyleBroken as StyleBroken
from assets.publish.bab_iii.word.refreshing import NotOurs as NotOurs
from assets.publish.bab_iii.word.refreshing import Pembaruan as Pembaruan
from assets.publish.bab_iii.word.refreshing import Perubahan as Perubahan
from assets.publish.bab_iii.word.refreshing import bound as bound
from assets.publish.bab_iii.word.refreshing import refresh as refresh
from assets.publish.bab_iii.word.writing import write as write
