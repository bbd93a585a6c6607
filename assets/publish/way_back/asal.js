// The way back of a figure, opened by a click: see the head of this package. Written as a function of its words,
// so that it may be inlined or loaded. Text goes in as text, never as markup.
((WORDS) => {
  "use strict";
  const CELLS = 40; // cells of one sheet listed at once; more fold away
  const packs = []; // each with an index of its rows and figures
  const loading = new Map();
  let given = {}, shown = null, opener = null;

  // --- packs -------------------------------------------------------------------------------------------

  const isi = (pack) => {
    if (!pack || pack.lumbung !== 1) throw new Error("asal: bentuk paket tidak dikenal");
    if (packs.some((held) => held.pack === pack)) return;
    const text = (at) => pack.teks[at];
    const keys = pack.baris.map(([table, key]) =>
      pack.tabel[text(table)].kunci.map((name, n) => `${name}=${text(key[n])}`).join(";"));
    const rows = new Map(keys.map((key, n) => [`${text(pack.baris[n][0])}|${key}`, n]));
    const nodes = new Map(pack.simpul.map((node, n) => [`${text(pack.baris[node[0]][0])}|${keys[node[0]]}|${text(node[1])}`, n]));
    packs.push({ pack, keys, rows, nodes });
  };

  const holding = (id) => packs.find((p) => p.nodes.has(id) || (p.rows.has(id) && p.pack.baris[p.rows.get(id)][8]));

  const byScript = (address) => {
    if (!loading.has(address)) {
      loading.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = () => { loading.delete(address); failed(new Error(address)); };
        document.head.append(script);
      }));
    }
    return loading.get(address);
  };

  // Where a figure's pack is: said beside it, by the page's own function, or for the whole page.
  const fetched = async (id, element) => {
    if (holding(id)) return;
    const around = element && element.closest("[data-asal-dari]");
    if (around) await byScript(around.dataset.asalDari);
    if (!holding(id) && given.pack) {
      const pack = typeof given.pack === "string" ? JSON.parse(document.querySelector(given.pack).textContent) : given.pack;
      given.pack = null;
      isi(pack);
    }
    if (!holding(id) && given.load) {
      const said = await (typeof given.load === "function" ? given.load(id) : given.load);
      if (typeof said === "string") await byScript(said);
      else if (said && !holding(id)) isi(said);
    }
  };

  // --- unpacking: what lumbung why --format json says --------------------------------------------------

  // A figure and all below it; what was told on the way is not told again.
  const unpacked = (held, at, told, met, formulas) => {
    const { pack, keys } = held, text = (n) => pack.teks[n];
    const place = (n) => ({ tabel: text(pack.baris[pack.simpul[n][0]][0]), kunci: keys[pack.simpul[n][0]], kolom: text(pack.simpul[n][1]) });
    const touching = (ids) => ids.map((n) => { met.add(text(n)); return text(n); });
    const cell = (n) => {
      const [file, sheet, address, mended, found] = pack.sel[n], [id, name] = pack.berkas[file];
      return { berkas: name, berkas_id: id, lembar: text(sheet), sel: text(address), koreksi: text(mended), temuan: touching(found) };
    };
    const operand = ([kind, role, formula, value, where, shownAs]) => {
      const made = { peran: text(role), rumus: text(formula), nilai: text(value), jenis: text(kind) };
      if (made.jenis === "angka") {
        const angka = figure(where);
        return { ...made, tampil: angka.tampil, angka };
      }
      made.tampil = text(shownAs);
      if (made.jenis === "sel") made.sel = cell(where);
      if (made.jenis === "pilihan") made.pilihan = text(where);
      return made;
    };
    const figure = (n) => {
      const [row, column, value, shownAs, , copies] = pack.simpul[n];
      const where = place(n), [means, unit] = pack.tabel[where.tabel].kolom[where.kolom];
      const from = copies < 0 ? n : copies, [, , , , how, , sentence, operands] = pack.simpul[from];
      const made = { ...where, arti: means, satuan: unit, nilai: text(value), tampil: text(shownAs), cara: text(how),
        rumus: [], masukan: [], temuan: touching(pack.baris[row][7]) };
      if (from !== n) made.disalin_dari = place(from);
      if (sentence) [made.kalimat, made.kalimat_en] = sentence.map(text);
      else if (told.has(from)) return { ...made, ulangan: true };
      else {
        told.add(from);
        made.rumus = [...new Set(operands.map((o) => text(o[2])))];
        for (const one of made.rumus) formulas[one] = pack.rumus[one];
      }
      made.masukan = operands.map(operand);
      return made;
    };
    return figure(at);
  };

  const pohon = (id) => {
    const held = holding(id);
    if (!held) return null;
    const { pack, keys } = held, text = (n) => pack.teks[n];
    const one = held.nodes.get(id), at = one === undefined ? held.rows.get(id) : pack.simpul[one][0];
    const [table, key, called, status, why, version, sensitive, found, listed] = pack.baris[at];
    const about = pack.tabel[text(table)], told = new Set(), met = new Set(), formulas = {}, columns = [];
    for (const n of one === undefined ? listed : [one]) {
      if (one !== undefined || !told.has(n)) columns.push(unpacked(held, n, told, met, formulas));
    }
    for (const n of found) met.add(text(n));
    // A page that has its findings anyway lends them.
    const gravest = (f) => ["henti", "tahan", "tolak", "ingat"].indexOf(f[1].akibat);
    const findings = Object.fromEntries([...met].map((f) => [f, pack.temuan[f] || (given.temuan && given.temuan(f))])
      .filter((f) => f[1]).sort((a, b) => gravest(a) - gravest(b) || (a[0] < b[0] ? -1 : 1)));
    const mended = new Set(Object.values(findings).map((f) => f.koreksi_id));
    return { tabel: text(table), judul: about.judul, kunci: Object.fromEntries(about.kunci.map((name, n) => [name, text(key[n])])),
      kunci_teks: keys[at], sebutan: called.map(text), status_terbit: text(status), alasan: text(why),
      versi_aturan: text(version), peka: text(sensitive), terbit: pack.terbit, kolom: columns, rumus: formulas,
      temuan: findings, koreksi: Object.fromEntries(Object.entries(pack.koreksi).filter(([k]) => mended.has(k))) };
  };

  // The rows that a pack (or all packs met so far) was asked for, with their figures; for a page that lists them.
  const daftar = (only) => packs.filter((held) => !only || held.pack === only).flatMap(({ pack, keys }) => pack.baris.flatMap((row, n) => {
    if (!row[8]) return [];
    const text = (at) => pack.teks[at], table = text(row[0]);
    const figures = row[8].map((at) => pack.simpul[at]).map((node) => ({ kolom: text(node[1]), tampil: text(node[3]),
      arti: pack.tabel[table].kolom[text(node[1])][0], id: `${table}|${keys[n]}|${text(node[1])}` }));
    return [{ tabel: table, judul: pack.tabel[table].judul, kunci: keys[n], sebutan: row[2].map(text), status_terbit: text(row[3]), angka: figures }];
  }));

  // --- words -------------------------------------------------------------------------------------------

  const lang = () => ((given.lang || document.documentElement.lang || "id").startsWith("en") ? 1 : 0);
  const say = (name, facts) => WORDS[name][lang()].replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  const spoken = (row, name) => (lang() && row[name + "_en"]) || row[name];

  const el = (tag, attributes, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...inside.filter((x) => x !== null && x !== undefined && x !== ""));
    return made;
  };

  // --- the tree ----------------------------------------------------------------------------------------

  const fills = new WeakMap(); // what a closed part shows when it is opened
  const fill = (part) => {
    const make = fills.get(part);
    if (make) { fills.delete(part); part.append(...make()); }
  };
  const folded = (head, make, attributes) => {
    const part = el("details", attributes, el("summary", null, ...head));
    fills.set(part, make);
    part.addEventListener("toggle", () => { if (part.open) fill(part); });
    return part;
  };

  const parts = (key) => key.split(";");
  const differing = (key, above) => parts(key).filter((p) => !above.includes(p)).map((p) => p.slice(p.indexOf("=") + 1)).join(" · ");
  const isOut = (value) => value === null || value === undefined;
  // A unit like 1..4 is a scale: it stands beside the figure, not after it.
  const value = (node) => {
    if (isOut(node.nilai)) return el("b", { class: "asal-v" }, say("empty"));
    const scale = node.satuan && node.satuan.includes("..");
    const figure = el("b", { class: "asal-v" }, node.tampil + (node.satuan && !scale ? " " + node.satuan : ""));
    return scale ? el("span", null, figure, " ", el("span", { class: "asal-faint" }, `(${node.satuan})`)) : figure;
  };

  const marks = (ids) => ids.map((id) => {
    const row = shown.temuan[id];
    if (!row) return null;
    const mark = el("button", { type: "button", class: "asal-tanda " + row.akibat }, `${row.akibat}: ${row.aturan}`);
    mark.addEventListener("click", () => {
      const target = document.getElementById("asal-t-" + id);
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
    });
    return mark;
  });

  const how = (node, state) => {
    if (node.kalimat) return [el("p", { class: "asal-k" }, `${say("cara_" + node.cara)}: ${spoken(node, "kalimat")}`)];
    return node.rumus.map((id) => {
      const formula = shown.rumus[id] || {};
      if (state.formulas.has(id)) return el("p", { class: "asal-k" }, `${formula.judul || ""} (${say("formula", { id })})`);
      state.formulas.add(id);
      const valid = formula.berlaku ? ` · ${say("valid", { berlaku: formula.berlaku })}` : "";
      return el("div", { class: "asal-k" }, el("p", null, formula.kalimat || id),
        el("p", { class: "asal-faint" }, `${formula.judul || ""} (${id})${valid}`),
        formula.dasar_hukum ? el("p", { class: "asal-faint" }, say("basis", { dasar: formula.dasar_hukum })) : null);
    });
  };

  // The cell that an operand is, or is the plain copy of.
  const leaf = (operand) => {
    if (operand.sel) return operand.sel;
    const node = operand.angka;
    const plain = node && node.cara === "disalin" && !node.kalimat && !node.ulangan && node.masukan.length === 1;
    return plain ? node.masukan[0].sel : null;
  };
  const sheet = (cell) => [cell.berkas, cell.lembar].filter(Boolean).join(" · ");

  const cells = (members, above) => {
    const items = members.map(([operand, cell]) => el("li", null,
      role(operand, above), " = ", el("b", { class: "asal-v" }, operand.tampil), " ", el("code", null, cell.sel),
      cell.koreksi ? el("span", { class: "asal-koreksi" }, say("corrected", { id: cell.koreksi })) : null, ...marks(cell.temuan)));
    const rest = items.splice(CELLS);
    const list = el("ul", null, ...items);
    const more = rest.length ? el("details", null, el("summary", null, say("more", { n: rest.length })), el("ul", null, ...rest)) : null;
    return el("div", { class: "asal-sel" }, el("p", null, sheet(members[0][1])), list, more);
  };

  const role = (operand, above) => {
    const node = operand.angka, name = operand.peran || (node && node.kolom) || "";
    const where = node ? differing((node.disalin_dari || node).kunci, above) : "";
    return name + (where && !name.includes(where) ? ` (${where})` : "");
  };

  const operands = (node, state) => {
    const above = parts((node.disalin_dari || node).kunci), made = [];
    let waiting = [];
    const flush = () => { if (waiting.length) made.push(cells(waiting, above)); waiting = []; };
    for (const operand of node.masukan) {
      const cell = leaf(operand);
      if (cell) {
        if (waiting.length && sheet(waiting[0][1]) !== sheet(cell)) flush();
        waiting.push([operand, cell]);
        continue;
      }
      flush();
      if (operand.angka) made.push(branch(operand.angka, role(operand, above), state));
      else {
        const from = operand.pilihan ? say("choice", { nama: operand.pilihan }) : say("constant");
        made.push(el("p", { class: "asal-daun" }, `${role(operand, above)} = `, el("b", { class: "asal-v" }, operand.tampil),
          " ", el("span", { class: "asal-faint" }, from)));
      }
    }
    flush();
    return made;
  };

  const inside = (node, state, titled) => {
    const copied = node.disalin_dari;
    const about = [titled ? null : node.arti, copied ? `${say("copied_from", copied)} (${copied.kunci.replaceAll(";", " ")})` : null];
    const said = about.filter(Boolean).join(" · ");
    return [said ? el("p", { class: "asal-faint" }, said) : null, ...how(node, state), ...operands(node, state)].filter(Boolean);
  };

  // One figure as a part that opens. Told above already: opens too, but is not opened by "open all".
  const branch = (node, name, state) => {
    const head = [el("span", null, name), " = ", value(node), ...(node.ulangan ? [] : marks(node.temuan.filter((t) => !state.row.includes(t))))];
    if (!node.ulangan) return folded(head, () => inside(node, state));
    head.push(" ", el("span", { class: "asal-faint" }, say("again")));
    const again = () => {
      const held = holding(state.id), at = held.nodes.get([node.tabel, node.kunci, node.kolom].join("|"));
      return inside(unpacked(held, at, new Set(), new Set(), {}), state);
    };
    return folded(head, again, { "data-ulangan": "" });
  };

  // --- the dialog --------------------------------------------------------------------------------------

  let dialog = null, body = null, title = null, status = null;

  const made = () => {
    if (dialog) return;
    title = el("h2", { id: "asal-judul", tabindex: "-1" });
    const close = el("button", { type: "button", class: "asal-tutup", "aria-label": say("close") }, el("span", { "aria-hidden": "true" }, "×"));
    body = el("div", { class: "asal-isi" });
    status = el("p", { class: "asal-status", role: "status" });
    dialog = el("dialog", { class: "asal", "aria-labelledby": "asal-judul" }, el("div", { class: "asal-atas" }, title, close), body, status);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => {
      document.documentElement.classList.remove("asal-buka");
      toAddress(null);
      if (opener && opener.isConnected) opener.focus();
      opener = null;
    });
    document.body.append(dialog);
  };

  const finding = ([id, row]) => el("article", { class: "asal-temuan " + row.akibat, id: "asal-t-" + id, tabindex: "-1" },
    el("p", null, el("b", null, spoken(row, "pesan"))),
    el("p", { class: "asal-sel" }, [row.berkas, row.lembar, row.sel].filter(Boolean).join(" · ")),
    row.dugaan ? el("p", null, "? " + spoken(row, "dugaan")) : null,
    row.cara_perbaiki ? el("p", null, "→ " + spoken(row, "cara_perbaiki")) : null,
    el("p", { class: "asal-faint" }, [row.akibat, row.aturan, row.koreksi_id && `${say("mended")}: ${row.koreksi_id}`,
      row.pengecualian_id && `${say("waived")}: ${row.pengecualian_id}`, row.dasar_hukum].filter(Boolean).join(" · ")));

  const section = (word, ...content) => el("section", null, el("h3", null, say(word)), ...content);

  const copyable = (command) => {
    const code = el("code", { tabindex: "0" }, command), button = el("button", { type: "button" }, say("copy"));
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(command);
        status.textContent = say("copied_now");
      } catch {
        // No clipboard here: the words are marked, so that the keyboard copies them.
        getSelection().selectAllChildren(code);
        status.textContent = say("copy_by_hand");
      }
    });
    return el("div", { class: "asal-perintah" }, code, button);
  };

  const openAll = (all) => {
    for (let rounds = 0; rounds < 40; rounds++) {
      const closed = [...body.querySelectorAll(all ? "details:not([open]):not([data-ulangan])" : "details[open]")];
      if (!closed.length) return;
      for (const part of closed) { if (all) fill(part); part.open = all; }
    }
  };

  const drawn = (id, tree) => {
    shown = tree;
    const single = tree.kolom.length === 1 ? tree.kolom[0] : null;
    const state = { id, formulas: new Set(), row: single ? single.temuan : [] };
    title.replaceChildren(el("small", null, say("title")), single ? single.arti : tree.judul);
    const run = tree.terbit;
    const facts = [tree.versi_aturan && say("status", { status: tree.status_terbit, versi: tree.versi_aturan }),
      run && say("published", { ...run, selesai: minute(run.selesai) })].filter(Boolean).join(" · ");
    const buttons = el("p", { class: "asal-alat" });
    for (const [word, all] of [["open_all", true], ["close_all", false]]) {
      const button = el("button", { type: "button" }, say(word));
      button.addEventListener("click", () => openAll(all));
      buttons.append(button);
    }
    const words = ["lumbung why", tree.tabel, ...Object.entries(tree.kunci).map(([k, v]) => `${k}=${quoted(v)}`)];
    if (single) words.push("--kolom", single.kolom);
    const listed = Object.entries(tree.temuan), mended = Object.entries(tree.koreksi);
    body.replaceChildren(...[
      single ? el("p", { class: "asal-nilai" }, value(single)) : null,
      el("p", { class: "asal-siapa" }, tree.sebutan.join(" · ") || tree.kunci_teks.replaceAll(";", " · ")),
      el("p", { class: "asal-faint" }, facts),
      tree.alasan ? el("p", { class: "asal-catatan" }, `${say("reason")}: ${tree.alasan}`) : null,
      tree.peka ? el("p", { class: "asal-catatan" }, say("sensitive", { peka: tree.peka })) : null,
      section("origin", buttons, el("div", { class: "asal-pohon" },
        ...(single ? inside(single, state, true) : tree.kolom.map((node) => branch(node, node.kolom, state))),
        tree.kolom.length ? null : el("p", null, say("none")))),
      mended.length ? section("corrections", el("ul", null, ...mended.map(([k, said]) => el("li", null, said || k)))) : null,
      section("findings", ...(listed.length ? listed.map(finding) : [el("p", null, say("none"))])),
      section("command", copyable(words.join(" "))),
    ].filter(Boolean));
    buttons.hidden = !body.querySelector(".asal-pohon details");
    if (!single && tree.kolom.length) for (const part of body.querySelectorAll(".asal-pohon > details")) { fill(part); part.open = tree.kolom.length < 4; }
  };

  const minute = (moment) => String(moment).slice(0, 16).replace("T", " ");
  const quoted = (word) => (/^[\w.:@%+,/-]+$/.test(word) ? word : `"${word}"`);

  const told = (sentence) => {
    shown = null;
    title.replaceChildren(say("title"));
    body.replaceChildren(el("p", null, sentence));
  };

  const buka = async (id, element) => {
    made();
    opener = element || (dialog.open ? opener : document.activeElement);
    told(say("loading"));
    status.textContent = "";
    if (!dialog.open) dialog.showModal();
    document.documentElement.classList.add("asal-buka");
    toAddress(id);
    title.focus();
    let failed = null;
    try {
      await fetched(id, element);
    } catch (fault) {
      failed = fault;
    }
    if (asked() !== id) return; // closed, or another was opened meanwhile
    const tree = pohon(id);
    if (tree) drawn(id, tree);
    else told(say(failed ? "failed" : "unknown", { id: id.replaceAll("|", " ").replaceAll(";", " "), sebab: failed ? failed.message : "" }));
    dialog.scrollTop = 0;
  };

  // --- the address -------------------------------------------------------------------------------------

  const inAddress = () => location.hash.slice(1).split("&").filter(Boolean);
  const asked = () => {
    const part = inAddress().find((p) => p.startsWith("asal="));
    try { return part ? decodeURIComponent(part.slice(5)) : null; } catch { return null; } // an address cut in two
  };
  // The other parts of the address stay as they are.
  const toAddress = (id) => {
    const parts = inAddress().filter((p) => !p.startsWith("asal="));
    if (id) parts.push("asal=" + encodeURIComponent(id));
    history.replaceState(history.state, "", parts.length ? "#" + parts.join("&") : location.href.split("#")[0]);
  };
  const fromAddress = () => {
    const id = asked();
    if (id) buka(id);
    else if (dialog && dialog.open) dialog.close();
  };

  // --- the page ----------------------------------------------------------------------------------------

  const init = (settings) => {
    const first = !given.ready;
    given = { ...given, ...settings, ready: true };
    if (!first) return;
    document.documentElement.classList.add("asal-siap");
    document.addEventListener("click", (event) => {
      const figure = event.target.closest && event.target.closest("[data-asal]");
      if (figure) buka(figure.dataset.asal, figure);
    });
    window.addEventListener("hashchange", fromAddress);
    let before = null; // which parts were open before printing
    window.addEventListener("beforeprint", () => {
      if (!dialog || !dialog.open) return;
      before = new Set(body.querySelectorAll("details[open]"));
      openAll(true);
    });
    window.addEventListener("afterprint", () => {
      if (!before) return;
      for (const part of body.querySelectorAll("details[open]")) part.open = before.has(part);
      before = null;
    });
    if (asked()) fromAddress();
  };

  window.LumbungAsal = { init, isi, buka, pohon, daftar };
})
