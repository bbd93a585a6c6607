// Saringan, urutan, tahun dan bahasa; semuanya ada di alamat (#...), sehingga pandangan dapat dibagikan.
"use strict";
(() => {
  const all = (css, of = document) => [...of.querySelectorAll(css)];
  const one = (css, of = document) => of.querySelector(css);
  const asked = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");

  // Writes into the address without leaving traces in the history of the browser; "" takes a name out.
  const ask = (said) => {
    const now = asked();
    for (const [name, value] of Object.entries(said)) value ? now.set(name, value) : now.delete(name);
    history.replaceState(null, "", now.size ? "#" + now : location.pathname + location.search);
    carry();
  };

  // The page in the other language opens at the same view.
  const carry = () => all("[data-bahasa]").forEach((a) => { a.hash = location.hash; });

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function filters(form) {
    const tables = form.dataset.saring.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
    const main = tables[0];
    const status = one("[data-hitungan]");
    const order = form.elements.urut;
    const fits = (row, said, words) => {
      const data = row.dataset;
      const when = said.tahun === undefined || said.tahun === "semua" || !("tahun" in data)
        || (said.tahun ? data.tahun === said.tahun : "terakhir" in data);
      const same = Object.entries(said).every(([name, value]) =>
        ["cari", "tahun", "urut"].includes(name) || !value || !(name in data) || data[name] === value);
      return when && same && words.every((w) => (data.cari || "").includes(w));
    };
    const show = () => {
      const said = Object.fromEntries(new FormData(form));
      const words = plain(said.cari || "").split(/\s+/).filter(Boolean);
      for (const table of tables) {
        for (const row of table.tBodies[0].rows) row.hidden = !fits(row, said, words);
        const left = all("tbody tr:not([hidden])", table).length;
        if (table === main && status) {
          const sentence = left ? status.dataset.hitungan : status.dataset.nol;
          status.textContent = sentence.replace("{n}", left).replace("{semua}", main.tBodies[0].rows.length);
        } else if (table !== main) {
          (table.closest("section") || table).hidden = !left;
        }
      }
      ask(said);
    };
    const sorted = () => {
      const head = one("th[aria-sort]", main);
      const sign = head && (head.getAttribute("aria-sort") === "descending" ? "-" : "+");
      const value = head ? head.cellIndex + sign : "";
      if (order) order.value = [...order.options].some((o) => o.value === value) ? value : "";
      ask({ urut: value });
    };
    const first = [...main.tBodies[0].rows];
    const sort = (value) => {
      const head = value && main.tHead.rows[0].cells[parseInt(value, 10)];
      if (!head) {
        all("th[aria-sort]", main).forEach((th) => th.removeAttribute("aria-sort"));
        main.tBodies[0].append(...first);
        return;
      }
      // The library turns the order round at each click: it is told what stood before.
      head.setAttribute("aria-sort", value.endsWith("-") ? "ascending" : "descending");
      head.click();
    };
    const read = () => {
      const said = asked();
      for (const control of form.elements) {
        if (control.name && control.name !== "urut") control.value = said.get(control.name) || "";
        if (control.name && control.value !== (said.get(control.name) || "") && control.tagName === "SELECT" && control.name !== "urut") control.value = "";
      }
      if (order) order.value = said.get("urut") || "";
      show();
      if (said.get("urut")) { sort(said.get("urut")); ask({ urut: said.get("urut") }); }
    };
    form.addEventListener("submit", (e) => e.preventDefault());
    form.addEventListener("input", (e) => { if (e.target !== order) show(); });
    if (order) order.addEventListener("change", () => { sort(order.value); if (!order.value) ask({ urut: "" }); });
    form.addEventListener("reset", () => setTimeout(() => { sort(""); show(); }));
    main.addEventListener("sort-end", sorted);
    addEventListener("hashchange", read);
    read();
  }

  // Of several sections with a value, one is shown: the one the address names, else the page's own choice.
  function choices(nav) {
    const name = nav.dataset.pilih;
    const links = all("a", nav);
    const parts = links.map((a) => one(`section[data-nilai="${CSS.escape(a.dataset.nilai)}"]`));
    const show = () => {
      const id = decodeURIComponent(location.hash.slice(1));
      const inside = id && !id.includes("=") ? document.getElementById(id)?.closest("section[data-nilai]") : null;
      const value = inside ? inside.dataset.nilai : asked().get(name);
      const at = Math.max(0, links.findIndex((a) => (value ? a.dataset.nilai === value : "bawaan" in a.dataset)));
      links.forEach((a, i) => { i === at ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current"); });
      parts.forEach((part, i) => { if (part) part.hidden = i !== at; });
      carry();
      if (inside) document.getElementById(id).scrollIntoView();
    };
    nav.addEventListener("click", (e) => {
      const link = e.target.closest("a");
      if (!link) return;
      e.preventDefault();
      ask({ [name]: link.dataset.nilai });
      show();
    });
    addEventListener("hashchange", show);
    show();
  }

  function tree(table) {
    const rows = [...table.tBodies[0].rows];
    const at = new Map(rows.map((r) => [r.dataset.kode, r]));
    const button = (r) => one(".lipat", r);
    const draw = () => rows.forEach((r) => {
      let up = at.get(r.dataset.induk);
      let open = true;
      for (; up; up = at.get(up.dataset.induk)) open = open && button(up)?.getAttribute("aria-expanded") === "true";
      r.hidden = !open;
    });
    const set = (r, open) => button(r)?.setAttribute("aria-expanded", String(open));
    rows.forEach((r) => set(r, Number(r.dataset.dalam) + 1 < Number(table.dataset.buka)));
    table.addEventListener("click", (e) => {
      const pressed = e.target.closest(".lipat");
      if (!pressed) return;
      pressed.setAttribute("aria-expanded", String(pressed.getAttribute("aria-expanded") !== "true"));
      draw();
    });
    const whole = one("[data-semua]", table);
    const deep = rows.some((r) => button(r)?.getAttribute("aria-expanded") === "false");
    if (whole && deep) {
      whole.hidden = false;
      whole.addEventListener("click", () => {
        const open = rows.some((r) => button(r)?.getAttribute("aria-expanded") === "false");
        rows.forEach((r) => set(r, open));
        [whole.textContent, whole.dataset.semua] = [whole.dataset.semua, whole.textContent];
        draw();
      });
    }
    draw();
    // Paper takes everything.
    addEventListener("beforeprint", () => rows.forEach((r) => { r.hidden = false; }));
    addEventListener("afterprint", draw);
  }

  // What is folded is opened for paper, and only for paper.
  addEventListener("beforeprint", () => all("details:not([open])").forEach((d) => { d.open = true; d.dataset.cetak = ""; }));
  addEventListener("afterprint", () => all("details[data-cetak]").forEach((d) => { d.open = false; delete d.dataset.cetak; }));

  all("[data-pilih]").forEach(choices);
  all("form[data-saring]").forEach(filters);
  all("table.pohon").forEach(tree);
  carry();
  document.documentElement.dataset.siap = "";
})();
