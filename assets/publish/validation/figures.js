// The figures of the units that report themselves, and the packs that lead every figure of the page back to its
// cells: a pack is unpacked when somebody first asks for a figure of its unit.
((laporan) => {
  "use strict";
  const { data, said, total, at, el, fill, printed, wordsOf } = laporan;
  const form = document.getElementById("pilihan"), list = document.getElementById("angka-daftar");
  const count = document.getElementById("angka-hitungan");

  const unpacked = async (unit) => {
    if (!data.asal.isi[unit]) return null;
    if (typeof DecompressionStream === "undefined") throw new Error(said.angka_lama);
    const bytes = Uint8Array.from(atob(data.asal.isi[unit]), (c) => c.charCodeAt(0));
    return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text());
  };

  const unitOf = (id) => {
    const [table, key] = id.split("|"), named = data.asal.milik[`${table}|${key}`];
    const code = /(?:^|;)kode_(?:unit|pembanding|desa)=(\d{6})/.exec(key || "");
    return named || (code ? code[1] : "-");
  };

  const met = new Map(); // what is on its way stays one
  const packOf = (unit) => {
    if (!met.has(unit)) met.set(unit, unpacked(unit));
    return met.get(unit);
  };

  let numbered = null; // number of each finding by its id
  const finding = (id) => {
    if (!numbered) numbered = new Map(Array.from({ length: total }, (_, i) => [at("temuan_id", i), i]));
    const i = numbered.get(id);
    const names = ["akibat", "aturan", "pesan", "cara_perbaiki", "dasar_hukum", "berkas", "lembar", "sel", "dugaan",
      "koreksi_id", "pengecualian_id"];
    return i === undefined ? null : Object.fromEntries(names.map((name) => [name, at(name, i)]));
  };

  LumbungAsal.init({ load: (id) => packOf(unitOf(id)), temuan: finding });
  if (!form) return;

  // --- the list ----------------------------------------------------------------------------------------

  const ROWS = 100;
  const control = form.elements;
  const yearOf = (row) => (/(?:^|;)(?:periode|tahun|tahun_lhe)=(\d{4})/.exec(row.kunci) || [])[1];
  let rows = [];

  const open = (named, text) => el("button", { type: "button", class: "angka", "data-asal": named }, text);

  const tableOf = (members, upTo) => {
    const columns = [...new Map(members.flatMap((r) => r.angka.map((a) => [a.kolom, a.arti]))).entries()];
    const head = el("tr", null, el("th", { scope: "col" }, said.kunci), ...columns.map(([, means]) => el("th", { scope: "col" }, means)));
    const body = members.slice(0, upTo).map((row) => {
      const values = new Map(row.angka.map((a) => [a.kolom, a]));
      const called = row.sebutan.filter((p) => p !== control.unit.value).join(" · ");
      return el("tr", null, el("th", { scope: "row" }, open(`${row.tabel}|${row.kunci}`, called || row.kunci)),
        ...columns.map(([column]) => el("td", null, values.has(column) ? open(values.get(column).id, values.get(column).tampil) : "")));
    });
    return el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": members[0].judul },
      el("table", null, el("thead", null, head), el("tbody", null, ...body)));
  };

  const groupOf = (members, opened) => {
    const inside = el("div"), box = el("details", null,
      el("summary", null, el("h3", null, members[0].judul), ` (${printed(members.length)})`), inside);
    const show = (upTo) => {
      inside.replaceChildren(tableOf(members, upTo));
      if (members.length <= upTo) return;
      const more = el("button", { type: "button" }, fill(said.lagi, { n: printed(members.length - upTo) }));
      more.addEventListener("click", () => { show(members.length); box.querySelector("summary").focus(); });
      inside.append(more);
    };
    box.addEventListener("toggle", () => { if (box.open && !inside.hasChildNodes()) show(ROWS); });
    if (opened) { box.open = true; show(ROWS); }
    return box;
  };

  const draw = () => {
    const words = wordsOf(control.kata.value), state = control.keadaan.value;
    const kept = rows.filter((row) => {
      if (yearOf(row) !== control.tahun.value || (state && row.status_terbit !== state)) return false;
      const text = [row.tabel, row.judul, row.kunci, ...row.sebutan, ...row.angka.flatMap((a) => [a.arti, a.tampil])].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const groups = new Map();
    for (const row of kept) groups.set(row.tabel, [...(groups.get(row.tabel) || []), row]);
    list.replaceChildren(...[...groups.values()].map((members) => groupOf(members, groups.size === 1 || kept.length <= 20)));
    // The summary counts figures of the unit; its rows in comparisons are told beside them.
    const compared = kept.filter((row) => row.kunci.includes("kode_pembanding=")).length;
    count.textContent = [fill(said.angka_hitungan, { n: printed(kept.length - compared) }),
      compared ? fill(said.angka_banding, { n: printed(compared) }) : ""].join(" ");
  };

  // The unit's rows, and the years in which it has any.
  let listed = null;
  const change = async (year) => {
    const unit = control.unit.value;
    if (listed !== unit) {
      let pack;
      try {
        pack = await packOf(unit);
      } catch (fault) {
        count.textContent = fault.message;
        return;
      }
      if (unit !== control.unit.value) return; // another was chosen meanwhile
      LumbungAsal.isi(pack);
      rows = LumbungAsal.daftar(pack);
      listed = unit;
      const years = [...new Set(rows.map(yearOf).filter(Boolean))].sort().reverse();
      control.tahun.replaceChildren(...years.map((y) => new Option(y, y)));
    }
    if (year) control.tahun.value = year;
    draw();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => change(event.target === control.unit ? control.tahun.value : null));
  document.addEventListener("click", async (event) => {
    const asked = event.target.closest("[data-angka]");
    if (!asked) return;
    const [unit, year, state] = asked.dataset.angka.split("|");
    control.unit.value = unit;
    control.keadaan.value = state;
    control.kata.value = "";
    await change(year);
    const heading = document.getElementById("angka-judul");
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  });

  // Nothing is unpacked before somebody comes near.
  form.hidden = false;
  new IntersectionObserver((seen, watching) => {
    if (!seen.some((one) => one.isIntersecting) || listed) return;
    watching.disconnect();
    change(null);
  }, { rootMargin: "200px" }).observe(form);
})(laporan);
