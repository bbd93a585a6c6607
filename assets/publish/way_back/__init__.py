"""The way back of figures inside a page: a click opens formula, operands, cells, findings; no network.

The truth is ``origin_tree`` (what ``lumbung why`` tells); this package packs it for many figures at once and
opens it in a browser. For whoever makes a page::

    graph = origin_graph.Graph(con)                  # published warehouse, or a connection with its tables
    places = pack.figures_of(graph, "630103")        # or any list of (table, key) and (table, key, column)
    packed = pack.pack(graph, places)                # plain data, JSON
    for unit in graph.in_turn(rows_by_unit): ...     # where they are many: read together, forgotten after

    head:    <style>{assets.style()}</style>
    a page of its own:      <script type="application/json" id="asal">{pack.in_page(packed)}</script>
                            <script>{assets.script()}</script>
                            <script>LumbungAsal.init({pack: "#asal"});</script>
    packs beside the page:  asal/630103.js written with pack.as_script(packed); asal.js with assets.script()
                            <script src="../asal.js"></script>
                            <script>LumbungAsal.init({load: "../asal/630103.js"});</script>
    a figure:               assets.button(table, key, column, "80,00")
                            = <button type="button" class="angka"
                                      data-asal="capaian_iku|kode_unit=...;periode=...|capaian_persen">80,00</button>

A figure's id is ``table|key|column`` with the key as findings and trails write it
(``contracts.table(t).key_of(row)``); ``table|key`` alone opens the whole row. In the browser:

``LumbungAsal.init({pack, load, lang, temuan})``
    ``pack``: a pack, or the selector of a JSON script element, which is read at the first click. ``load``:
    the address of a pack script (put into the page as a ``<script src>`` at the first click, so that it works
    on ``file://``), or a function that gives for an id such an address, a pack, or a promise of one; the
    attribute ``data-asal-dari="../asal/630103.js"`` on the figure or on anything around it is asked first.
    ``lang``: ``id`` or ``en``; else the ``lang`` of the page. ``temuan``: gives a finding by its id, where
    packs are made without them.
``LumbungAsal.isi(pack)``
    What a pack script calls. Packs add up.
``LumbungAsal.buka(id)``
    Opens a figure; so does a click on ``[data-asal]``, drawn whenever, and ``#asal=<id>`` in the address
    (other parts of the address after ``#`` are left as they are: ``#unit=630103&asal=...``).
``LumbungAsal.pohon(id)``
    The figure's origin as ``origin_tree.tree`` gives it, or null while its pack is not there.
``LumbungAsal.daftar(pack)``
    The rows that a pack, or all packs met so far, were asked for: ``tabel, judul, kunci, sebutan,
    status_terbit, angka`` (``id, kolom, arti, tampil`` each).

Without a script a figure is plain text. What does not belong here: computing or judging anything.
"""
