"use strict";
// Tables go to Word as tables: borders and alignment written into the markup, figures as plain words.
(() => {
  const BORDER = "border:1px solid #000;padding:2pt 4pt;vertical-align:top;font:10pt Arial,sans-serif;";
  const SIDES = { kanan: "right", tengah: "center" };
  const told = document.getElementById("kabar");

  function plain(part) {
    for (const button of part.querySelectorAll("button.salin")) button.remove();
    for (const button of part.querySelectorAll("button")) button.replaceWith(...button.childNodes);
    if (part.querySelector("tr") && !part.querySelector("table")) {
      const table = document.createElement("table");
      table.append(...part.childNodes);
      part.append(table);
    }
    for (const table of part.querySelectorAll("table")) {
      table.setAttribute("border", "1");
      table.setAttribute("style", "border-collapse:collapse;width:100%");
    }
    for (const cell of part.querySelectorAll("th, td")) {
      const head = cell.closest("thead") !== null;
      const side = head ? "center" : SIDES[[...cell.classList].find((name) => name in SIDES)] || "left";
      const bold = head || cell.classList.contains("tebal") ? "font-weight:bold;" : "font-weight:normal;";
      cell.setAttribute("style", `${BORDER}${bold}text-align:${side};${head ? "background:#e8edf2;" : ""}`);
      cell.removeAttribute("class");
    }
    return part;
  }

  document.addEventListener("copy", (event) => {
    const chosen = document.getSelection();
    if (!chosen || !chosen.rangeCount || chosen.isCollapsed) return;
    const box = document.createElement("div");
    box.append(chosen.getRangeAt(0).cloneContents());
    if (!box.querySelector("tr")) return;
    event.clipboardData.setData("text/html", plain(box).innerHTML);
    event.clipboardData.setData("text/plain", chosen.toString());
    event.preventDefault();
  });

  function copied(table, name) {
    const chosen = document.getSelection();
    const range = document.createRange();
    range.selectNode(table);
    chosen.removeAllRanges();
    chosen.addRange(range);
    const done = document.execCommand("copy");
    if (done) chosen.removeAllRanges();
    told.textContent = done ? `${name} tersalin: tempel di Word atau Excel` : "Tekan Ctrl+C untuk menyalin tabel ini";
    setTimeout(() => { told.textContent = ""; }, 4000);
  }

  for (const table of document.querySelectorAll(".tabel table")) {
    const button = document.createElement("button");
    const name = table.closest(".tabel").dataset.nama;
    button.type = "button";
    button.className = "salin";
    button.textContent = "Salin untuk Word";
    button.setAttribute("aria-label", `Salin ${name} untuk Word`);
    button.addEventListener("click", () => copied(table, name));
    table.closest(".scroll").after(button);
  }
  if (document.getElementById("asal")) LumbungAsal.init({ pack: "#asal" });
  document.documentElement.dataset.siap = "";
})();
