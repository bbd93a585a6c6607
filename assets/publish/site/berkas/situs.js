// Saringan, urutan, tahun dan bahasa; semuanya ada di alamat (#...), sehingga pandangan dapat dibagikan.
"use strict";
(() => {
  const all = (css, of = document) => [...of.querySelectorAll(css)];
  const one = (css, of = document) => of.querySelector(css);
  // The part of the page that an address names; an address that was cut in two names none.
  const part = (hash) => { try { return decodeURIComponent(hash.slice(1)); } catch { return ""; } };
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
          const around = table.closest("details");
          around.hidden = !left;
          if (words.length && left) around.open = true;
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
      const id = asked().get("bagian") || part(location.hash);
      const inside = id && !id.includes("=") && !asked().get(name) ? document.getElementById(id)?.closest("section[data-nilai]") : null;
      const value = inside ? inside.dataset.nilai : asked().get(name);
      const at = Math.max(0, links.findIndex((a) => (value ? a.dataset.nilai === value : "bawaan" in a.dataset)));
      links.forEach((a, i) => { i === at ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current"); });
      // A choice without a section of its own shows them all.
      parts.forEach((part, i) => { if (part) part.hidden = i !== at && Boolean(parts[at]); });
      carry();
      if (inside) goTo(id);
    };
    nav.addEventListener("click", (e) => {
      const link = e.target.closest("a");
      if (!link) return;
      e.preventDefault();
      ask({ [name]: link.dataset.nilai, bagian: "" });
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

  // One section of a page is gone to by the address, beside what else stands there.
  const goTo = (id) => {
    const at = id && document.getElementById(id);
    if (!at) return;
    at.scrollIntoView();
    at.focus({ preventScroll: true });
  };
  addEventListener("click", (e) => {
    const link = e.target.closest && e.target.closest('main a[href^="#"]');
    const id = link && part(link.hash);
    if (!id || id.includes("=") || link.closest("[data-pilih]") || !document.getElementById(id)) return;
    e.preventDefault();
    ask({ bagian: id });
    goTo(id);
  });

  function chart(figure) {
    const said = JSON.parse(figure.dataset.grafik);
    const at = figure.querySelector("div");
    const shown = (v) => v.toLocaleString("id-ID", { maximumFractionDigits: said.desimal });
    const line = said.jenis === "garis";
    const given = {
      height: line ? 190 : 170, fullWidth: true, chartPadding: { top: 22, right: 26, bottom: 4, left: 6 },
      axisX: { showGrid: false, labelInterpolationFnc: (v) => v },
      axisY: { labelInterpolationFnc: shown, onlyInteger: said.jenis === "tumpuk", scaleMinSpace: 28, offset: 44 },
      low: said.dari, high: said.ke,
    };
    const data = { labels: said.label, series: said.seri.map((s) => ({ name: s.nama, className: "seri-" + s.rupa, data: s.nilai })) };
    const drawn = line
      ? new Chartist.LineChart(at, data, { ...given, lineSmooth: false })
      : new Chartist.BarChart(at, data, { ...given, stackBars: said.jenis === "tumpuk" });
    const one = new Set(said.seri.map((s) => s.nama)).size === 1;
    drawn.on("draw", (mark) => {
      const seri = said.seri[mark.seriesIndex];
      const text = seri && seri.teks[mark.index];
      const wanted = mark.type === "bar" ? (one || said.jenis === "tumpuk") && text !== "0" : mark.type === "point" && seri.rupa === "realisasi";
      if (!wanted || !text || (said.jenis === "tumpuk" && mark.y1 - mark.y2 < 14)) return;
      const inside = said.jenis === "tumpuk";
      const place = mark.type === "bar"
        ? { x: mark.x2, y: inside ? (mark.y1 + mark.y2) / 2 + 4 : mark.y2 - 5 }
        : { x: mark.x, y: mark.y - 8 };
      mark.group.elem("text", { ...place, "text-anchor": "middle" }, inside ? "nilai dalam" : "nilai").text(text);
    });
    drawn.on("created", (made) => {
      // On paper the picture takes the width that there is.
      const svg = made.svg.getNode();
      svg.setAttribute("viewBox", `0 0 ${svg.clientWidth || at.clientWidth} ${svg.clientHeight || given.height}`);
    });
    if (!one) {
      const key = document.createElement("ul");
      const named = new Map(said.seri.map((s) => [s.nama, s]));
      for (const s of [...named.values()].reverse()) {
        const item = document.createElement("li");
        item.className = "seri-" + s.rupa;
        item.textContent = s.nama;
        key.append(item);
      }
      figure.append(key);
    }
  }

  // A chart is drawn when it comes into sight: a phone does no work for what nobody looks at.
  function charts(figures) {
    if (!figures.length || !window.Chartist) return;
    const waiting = new Set(figures);
    const draw = (f) => { if (waiting.delete(f)) { seen.unobserve(f); chart(f); } };
    const seen = new IntersectionObserver((found) => {
      found.filter((f) => f.isIntersecting).forEach((f) => draw(f.target));
    }, { rootMargin: "300px" });
    figures.forEach((f) => seen.observe(f));
    addEventListener("beforeprint", () => [...waiting].filter((f) => f.offsetParent).forEach(draw));
  }

  function ruleSearch(form) {
    const articles = all("article");
    const status = one("[data-nol]");
    const texts = articles.map((a) => plain(a.textContent));
    const input = form.elements.cari;
    const show = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      articles.forEach((a, i) => { a.hidden = !words.every((w) => texts[i].includes(w)); });
      all("main > section").forEach((s) => { s.hidden = !one("article:not([hidden])", s); });
      status.textContent = articles.every((a) => a.hidden) ? status.dataset.nol : "";
      ask({ cari: input.value });
    };
    form.addEventListener("submit", (e) => e.preventDefault());
    form.addEventListener("input", show);
    input.value = asked().get("cari") || "";
    if (input.value) show();
  }

  // What is folded is opened for paper, and only for paper.
  addEventListener("beforeprint", () => all("details:not([open])").forEach((d) => { d.open = true; d.dataset.cetak = ""; }));
  addEventListener("afterprint", () => all("details[data-cetak]").forEach((d) => { d.open = false; delete d.dataset.cetak; }));

  all("[data-pilih]").forEach(choices);
  all("form[data-saring]").forEach(filters);
  all("table.pohon").forEach(tree);
  all("form[data-cari-aturan]").forEach(ruleSearch);
  charts(all("[data-grafik]"));
  carry();
  goTo(asked().get("bagian"));
  window.LumbungAsal?.init({
    lang: document.documentElement.lang,
    load: (id) => all("[data-asal]").find((f) => f.dataset.asal === id)?.closest("[data-asal-dari]")?.dataset.asalDari,
  });
  document.documentElement.dataset.siap = "";
})();
