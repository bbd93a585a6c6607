"use strict";
// The findings of the page: filtered, grouped and shown a page at a time. What is shown is also written in
// the address after "#", so that a view can be kept and sent. Text goes in as text, never as markup. What
// figures.js needs of it is handed out at the end.
const laporan = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const said = data.kata;
  const columns = data.kolom;
  const total = data.n;
  const GROUPS = 50, FIRST = 20, MORE = 200, OPEN = 40, PRINTED = 2000, ROWS = 50, ROWS_PRINTED = 1000;
  const SEARCHED = ["pesan", "berkas", "lembar", "sel", "sel_terkait", "tertulis", "seharusnya", "selisih",
    "cara_perbaiki", "dasar_hukum", "dugaan", "sel_dicurigai", "menahan", "menyentuh", "aturan", "kode_unit",
    "periode", "temuan_id", "koreksi_id", "pengecualian_id"];
  const byId = (id) => document.getElementById(id);

  const at = (name, i) => {
    const column = columns[name];
    return Array.isArray(column) ? column[i] : column.d[column.i[i]];
  };
  // What is searched for: words in any order; what stands between quotes as it stands.
  const wordsOf = (asked) => [...asked.toLowerCase().matchAll(/"([^"]+)"|[^\s"]+/g)].map((m) => m[1] || m[0]);
  const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const printed = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ".");

  const el = (tag, attributes, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...inside.filter((x) => x !== null && x !== ""));
    return made;
  };
  const cap = (kind, sign, word) =>
    el("span", { class: "cap " + kind }, el("span", { "aria-hidden": "true" }, sign), " " + word);

  // --- one finding -----------------------------------------------------------------------------------

  const line = (word, text) => (text ? el("p", null, el("b", null, word + ":"), " " + text) : null);

  const values = (i) => {
    const shown = ["tertulis", "seharusnya", "selisih"].filter((name) => at(name, i)).map((name) =>
      el("div", null, el("dt", null, said[name]), el("dd", null, at(name, i))));
    return shown.length ? el("dl", null, ...shown) : null;
  };

  const suspicion = (i) => {
    const why = at("dugaan", i), cell = at("sel_dicurigai", i);
    if (why && cell) return `${why} (${said.dugaan_sel}: ${cell})`;
    return why || (cell ? `${said.dugaan_sel} ${cell}` : null);
  };

  const missing = new Set(data.asal.tanpa);
  const figure = (named, text) => {
    const words = text || named.replaceAll("|", " ").replaceAll(";", " ");
    if (missing.has(named)) return el("code", null, words);
    return el("button", { type: "button", class: "angka", "data-asal": named }, words);
  };

  const figures = (word, listed) => {
    if (!listed) return null;
    const items = listed.split("; ").map((one) =>
      el("li", null, figure(one)));
    const rest = items.splice(8);
    const more = rest.length
      ? el("details", null, el("summary", null, fill(said.lagi, { n: rest.length })), el("ul", null, ...rest))
      : null;
    return el("div", { class: "angka" }, el("b", null, word + ":"), el("ul", null, ...items), more);
  };

  const about = (i) => {
    const state = said["keadaan_" + at("keadaan", i)], since = at("sejak", i), count = at("jumlah", i);
    const parts = [unitName(at("kode_unit", i)), at("periode", i), at("aturan", i),
      since ? `${state}, ${said.sejak} ${since} UTC` : state];
    if (count > 1) parts.push(fill(said.jumlah, { n: count }));
    const id = at("temuan_id", i);
    return el("p", { class: "faint" }, parts.filter(Boolean).join(" · ") + " · ",
      el("a", { href: "#temuan=" + id }, id));
  };

  const unitName = (code) => (code ? (code + " " + (data.unit[code] || "")).trim() : "");

  const card = (i) => {
    const kind = at("akibat", i), copy = data.salinan[at("berkas_id", i)];
    const where = ["berkas", "lembar", "sel"].map((name) => at(name, i)).filter(Boolean).join(" · ");
    const settled = data.catatan[at("pengecualian_id", i) || at("koreksi_id", i)];
    return el("article", { class: "temuan " + kind },
      el("h4", null, cap(kind, data.tanda[kind], kind), " " + at("pesan", i)),
      where ? el("p", { class: "where" }, where, copy ? " " : null,
        copy ? el("a", { href: copy }, said.buka_salinan) : null) : null,
      values(i),
      line(said.dugaan, suspicion(i)),
      line(said.sel_terkait, at("sel_terkait", i)),
      line(said.cara, at("cara_perbaiki", i)),
      line(said.dasar, at("dasar_hukum", i)),
      figures(said.menahan, at("menahan", i)),
      figures(said.menyentuh, at("menyentuh", i)),
      settled ? el("p", { class: "settled" }, settled) : null,
      about(i));
  };

  // --- which findings --------------------------------------------------------------------------------

  const FILTERS = { unit: "kode_unit", periode: "periode", akibat: "akibat", aturan: "aturan",
    berkas: "berkas_id", keadaan: "keadaan" };
  const NONE = "-"; // stands for "has none" in the address
  let view = {};

  const wanted = (name, value) => {
    // Which texts of a column fit: a year takes its quarters along, a file is named by the start of its hash.
    const texts = columns[FILTERS[name]].d;
    return texts.map((text) => {
      if (value === NONE) return text === null;
      if (text === null) return false;
      if (name === "periode") return text === value || text.startsWith(value + "-");
      return name === "berkas" ? text.startsWith(value) : text === value;
    });
  };

  const lowered = new Map();
  const lower = (name) => {
    if (!lowered.has(name)) {
      const column = columns[name];
      const texts = Array.isArray(column) ? column : column.d;
      lowered.set(name, texts.map((text) => (text === null ? "" : String(text).toLowerCase())));
    }
    return lowered.get(name);
  };

  const having = (word) => {
    const found = new Uint8Array(total);
    for (const name of SEARCHED) {
      const column = columns[name], texts = lower(name);
      if (Array.isArray(column)) {
        for (let i = 0; i < total; i++) if (!found[i] && texts[i].includes(word)) found[i] = 1;
      } else {
        const fits = texts.map((text) => text.includes(word));
        if (fits.includes(true)) for (let i = 0; i < total; i++) if (fits[column.i[i]]) found[i] = 1;
      }
    }
    return found;
  };

  const select = () => {
    const tests = Object.keys(FILTERS).filter((name) => view[name]).map((name) =>
      ({ codes: columns[FILTERS[name]].i, fits: wanted(name, view[name]) }));
    const words = wordsOf(view.cari || "").map(having);
    const found = [];
    for (let i = 0; i < total; i++) {
      if (view.temuan && at("temuan_id", i) !== view.temuan) continue;
      if (tests.every((t) => t.fits[t.codes[i]]) && words.every((w) => w[i])) found.push(i);
    }
    return found;
  };

  const GROUPED = { sebab: "kelompok", aturan: "aturan", berkas: "berkas_id", unit: "kode_unit" };

  const group = (found) => {
    const name = GROUPED[view.kelompok || "sebab"];
    if (!name) return found.map((i) => [i]);
    const codes = columns[name].i, groups = new Map();
    for (const i of found) {
      const held = groups.get(codes[i]);
      if (held) held.push(i); else groups.set(codes[i], [i]);
    }
    return [...groups.values()];
  };

  // --- showing ---------------------------------------------------------------------------------------

  const list = byId("daftar"), count = byId("hitungan"), form = byId("saringan");
  let found = [], groups = [], page = 0;

  const headingOf = (members) => {
    const first = members[0], how = view.kelompok || "sebab";
    if (how === "berkas") return at("berkas", first) || said.tanpa_berkas;
    if (how === "unit") return unitName(at("kode_unit", first)) || said.tanpa_unit;
    const rules = new Set(members.map((i) => at("aturan", i)));
    if (rules.size > 1) return `${fill(said.sebab_bersama, { n: members.length, k: rules.size })}: ${at("pesan", first)}`;
    return `${at("aturan", first)}: ${data.aturan[at("aturan", first)] || ""}`;
  };

  const showMore = (box, members, from, upTo) => {
    box.append(...members.slice(from, upTo).map(card));
    const left = members.length - upTo;
    if (left <= 0) return;
    const more = el("button", { type: "button" }, fill(said.lagi, { n: printed(left) }));
    more.addEventListener("click", () => {
      const last = box.lastElementChild.previousElementSibling;
      more.remove();
      showMore(box, members, upTo, upTo + MORE);
      const next = last.nextElementSibling;
      if (next) { next.tabIndex = -1; next.focus(); }
    });
    box.append(more);
  };

  const groupBox = (members, open, all) => {
    if (members.length === 1) return card(members[0]);
    const kind = at("akibat", members[0]);
    const inside = el("div");
    const box = el("details", { class: "kelompok" },
      el("summary", null, cap(kind, data.tanda[kind], kind), " ",
        el("h3", null, headingOf(members)), ` (${printed(members.length)})`), inside);
    const show = () => {
      if (box.open && !inside.hasChildNodes()) showMore(inside, members, 0, all ? members.length : FIRST);
    };
    box.addEventListener("toggle", show);
    if (open) { box.open = true; show(); }
    return box;
  };

  const pager = (name, from, upTo, all, go) => {
    const step = (word, to, off) => {
      const button = el("button", { type: "button" }, word);
      button.disabled = off;
      button.addEventListener("click", () => go(to));
      return button;
    };
    return el("div", { class: "pager" }, step(said.sebelumnya, -1, from === 0),
      el("span", null, fill(name, { a: printed(from + 1), b: printed(upTo), n: printed(all) })),
      step(said.berikutnya, 1, upTo >= all));
  };

  const draw = () => {
    const from = page * GROUPS, upTo = Math.min(from + GROUPS, groups.length);
    list.replaceChildren(...groups.slice(from, upTo).map((g) => groupBox(g, found.length <= OPEN, false)));
    if (groups.length > GROUPS) {
      list.append(pager(said.halaman_kelompok, from, upTo, groups.length, (step) => {
        page += step;
        draw();
        byId("temuan-judul").focus();
      }));
    }
    if (!found.length) list.append(el("p", null, total ? said.tidak_ada : said.tidak_ada_sama_sekali));
  };

  const refresh = () => {
    found = select();
    groups = group(found);
    page = 0;
    draw();
    const facts = { n: printed(found.length), semua: printed(total), k: printed(groups.length) };
    count.textContent = fill(view.kelompok === "tanpa" ? said.hitungan_datar : said.hitungan, facts);
    byId("hapus").disabled = !Object.keys(view).some((name) => name !== "kelompok");
  };

  // --- the address and the controls ------------------------------------------------------------------

  const KNOWN = [...Object.keys(FILTERS), "cari", "kelompok", "temuan"];
  const isView = (hash) => hash === "" || KNOWN.some((name) => new URLSearchParams(hash.slice(1)).has(name));

  const fromAddress = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    view = {};
    for (const name of KNOWN) if (parts.get(name)) view[name] = parts.get(name);
    for (const control of form.elements) {
      if (!control.name) continue;
      control.value = view[control.name] || (control.name === "kelompok" ? "sebab" : "");
      if (control.tagName === "SELECT" && control.selectedIndex < 0) control.selectedIndex = 0;
    }
  };

  const toAddress = () => {
    const parts = new URLSearchParams();
    for (const name of KNOWN) if (view[name]) parts.set(name, view[name]);
    history.replaceState(null, "", "#" + parts.toString());
  };

  const read = () => {
    const kept = {};
    for (const control of form.elements) {
      const plain = control.name === "kelompok" && control.value === "sebab";
      if (control.name && control.value && !plain) kept[control.name] = control.value;
    }
    view = kept;
    toAddress();
    refresh();
  };

  const options = (name, entries) => {
    const control = form.elements[name];
    for (const [value, word] of entries) control.append(new Option(word, value));
  };

  const counted = (name) => {
    const column = columns[name], counts = new Array(column.d.length).fill(0);
    for (const code of column.i) counts[code]++;
    return column.d.map((text, code) => [text, counts[code]]);
  };

  const listed = (name, word, none) => counted(name)
    .map(([text, n]) => [text === null ? NONE : text, `${text === null ? none : word(text)} (${printed(n)})`])
    .sort((a, b) => (a[0] === NONE) - (b[0] === NONE) || a[1].localeCompare(b[1]));

  const setUp = () => {
    const order = Object.keys(data.arti);
    options("akibat", listed("akibat", (a) => `${data.tanda[a]} ${a}: ${data.arti[a]}`, "")
      .sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0])));
    options("unit", listed("kode_unit", unitName, said.tanpa_unit));
    const periods = listed("periode", (p) => p, said.tanpa_periode);
    const years = new Set(periods.filter(([p]) => p.includes("-") && p !== NONE).map(([p]) => p.slice(0, 4)));
    for (const [p] of periods) years.delete(p);
    options("periode", [...[...years].map((y) => [y, y]), ...periods].sort((a, b) => a[0].localeCompare(b[0])));
    options("aturan", listed("aturan", (a) => a, ""));
    const names = new Map(columns.berkas_id.i.map((code, i) => [columns.berkas_id.d[code], at("berkas", i)]));
    options("berkas", listed("berkas_id", (b) => names.get(b) || b.slice(0, 12), said.tanpa_berkas)
      .map(([b, word]) => [b.slice(0, 12), word]));
    options("keadaan", listed("keadaan", (k) => said["keadaan_" + k], ""));
    let waiting = 0;
    form.addEventListener("input", (event) => {
      clearTimeout(waiting);
      if (event.target.type === "search") waiting = setTimeout(read, 250); else read();
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); read(); });
    byId("hapus").addEventListener("click", () => {
      history.replaceState(null, "", "#");
      fromAddress();
      refresh();
      form.elements.cari.focus();
    });
    window.addEventListener("hashchange", () => {
      if (!isView(location.hash)) return;
      fromAddress();
      refresh();
      byId("temuan-judul").scrollIntoView();
    });
    // The contents lead to their sections without putting the view out of the address.
    for (const link of document.querySelectorAll("nav a, .skip")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const heading = byId(link.hash.slice(1) + "-judul");
        heading.scrollIntoView();
        heading.focus({ preventScroll: true });
      });
    }
  };

  // --- long tables -----------------------------------------------------------------------------------

  const cell = (said) => {
    if (typeof said === "string") return el("td", null, said);
    const [kind, text, more, word] = said;
    if (kind === "n") return el("td", { class: "n" }, text);
    if (kind === "a") return el("td", null, el("a", { href: more }, text));
    if (kind === "l") return el("td", null, cap(text, more, word));
    if (kind === "o") return el("td", null, figure(more, text));
    if (kind === "d") return el("td", { class: "n" },
      el("button", { type: "button", class: "angka", "data-angka": said.slice(2).join("|") }, text));
    return el("td", null, el("code", null, text));
  };

  const longTables = [];
  const longTable = (name, rows) => {
    const section = byId(name), body = section.querySelector("tbody"), texts = rows.map((row) =>
      row.map((c) => (typeof c === "string" ? c : c.slice(1).join(" "))).join(" ").toLowerCase());
    const search = el("input", { type: "search", "aria-label": said.cari_di_tabel, placeholder: said.cari_di_tabel });
    const foot = el("div");
    let kept = rows, page = 0;
    const show = (upTo) => {
      const from = upTo ? 0 : page * ROWS, last = Math.min(upTo || from + ROWS, kept.length);
      body.replaceChildren(...kept.slice(from, last).map((row) => el("tr", null, ...row.map(cell))));
      foot.replaceChildren(pager(said.halaman, kept.length ? from : -1, last, kept.length, (step) => {
        page += step;
        show();
      }));
    };
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const words = wordsOf(search.value);
        kept = rows.filter((_, i) => words.every((word) => texts[i].includes(word)));
        page = 0;
        show();
      }, 200);
    });
    section.querySelector(".scroll").before(el("div", { class: "pager" }, search));
    section.append(foot);
    show();
    longTables.push(show);
  };

  // --- printing --------------------------------------------------------------------------------------

  window.addEventListener("beforeprint", () => {
    if (document.documentElement.classList.contains("asal-buka")) return; // a figure's origin is printed
    for (const show of longTables) show(ROWS_PRINTED);
    const all = found.slice(0, PRINTED), note = byId("cetak");
    note.textContent = found.length > PRINTED
      ? fill(said.cetak_sebagian, { n: printed(PRINTED), semua: printed(found.length) }) : "";
    list.replaceChildren(...group(all).map((g) => groupBox(g, true, true)));
    for (const folded of list.querySelectorAll("details")) folded.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const show of longTables) show();
    draw();
  });

  // ---------------------------------------------------------------------------------------------------

  setUp();
  for (const [name, rows] of Object.entries(data.tabel)) longTable(name, rows);
  form.hidden = false;
  const asked = location.hash && isView(location.hash);
  fromAddress();
  refresh();
  if (asked) byId("temuan-judul").scrollIntoView();
  document.documentElement.dataset.siap = "ya";
  return { data, said, total, at, el, fill, printed, wordsOf };
})();
