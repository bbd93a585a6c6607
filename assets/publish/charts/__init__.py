"""Charts of the report and the site: rows of the views -> a Vega-Lite specification, and its sight in words.

    charts.serapan_program(rows) -> Gambar(spesifikasi, teks_alternatif)
    draw.svg(spesifikasi), draw.png(spesifikasi, ppi)

Numbers in a picture are written from the exact values, in Indonesian format; positions are floats, because a
drawing needs no more. What is withheld, stale or missing is a gap with a word in it. ``draw`` is not imported
here: making a specification must not load the drawing library.
"""

from assets.publish.charts.gambar import Gambar as Gambar
from assets.publish.charts.money import serapan_program as serapan_program
from assets.publish.charts.ranking import banding as banding
from assets.publish.charts.survey import ikm_periode as ikm_periode
from assets.publish.charts.survey import ikm_unsur as ikm_unsur
from assets.publish.charts.trend import tren_iku as tren_iku
from assets.publish.charts.village import status_desa as status_desa
