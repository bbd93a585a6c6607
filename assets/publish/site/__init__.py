"""The dashboard: a site of plain files made at publish time, which opens from a folder or any web host.

    published tables ──> material.Bahan ──> facts of each page ──> templates/*.html ──> site/

``material`` gathers the tables by unit; ``overview``, ``office``, ``comparison``, ``villages``,
``open_files`` say what stands on each kind of page; ``render`` turns that into text in one language;
``build`` writes all pages beside the old site and swaps them. Words
stand in ``kata.yaml`` and, where the validation report has them already, in ``validation.words``. The script
of the pages (``berkas/situs.js``) keeps filters in the address; without it a page can still be read whole.

What does not belong here: computing or judging a figure (the tables hold them), and how a figure came to be
(``assets.publish.way_back``).
"""
