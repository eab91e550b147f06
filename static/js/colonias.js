// Up to 300 colonias in one list: a box above it leaves those that hold what is typed, without
// accents. And the name of a colonia that is not listed is asked for only then. Without this
// file the list and the box are both there.
(function () {
  "use strict";
  var ROWS = 8;

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function setUp(part) {
    var select = part.querySelector("select");
    if (!select || part.dataset.listo) return;
    part.dataset.listo = "1";
    revealOther(select);
    if (select.options.length > ROWS + 2) addFilter(part, select);
  }

  function revealOther(select) {
    var box = document.querySelector(".colonia-escrita");
    function show() {
      box.hidden = select.value !== "otra";
    }
    select.addEventListener("change", show);
    show();
  }

  function addFilter(part, select) {
    var label = document.createElement("label"), input = document.createElement("input");
    var box = document.createElement("div"), status = part.querySelector("[role=status]");
    var all = Array.from(select.options), said = status.textContent;
    var names = all.map(function (option) { return plain(option.text); });
    box.className = "campo";
    label.textContent = "Escribe una parte del nombre de tu colonia";
    label.htmlFor = input.id = "filtro-colonia";
    input.type = "search";
    input.autocomplete = "off";
    input.setAttribute("aria-controls", select.id);
    box.append(label, input);
    part.prepend(box);
    select.size = ROWS;

    function filter() {
      var words = plain(input.value).split(/\s+/).filter(Boolean), chosen = select.value;
      var kept = all.filter(function (option, n) {
        return !words.length || option.value === "otra" ||
          (option.value && words.every(function (word) { return names[n].includes(word); }));
      });
      select.replaceChildren.apply(select, kept);
      var found = kept.filter(function (option) { return option.value && option.value !== "otra"; });
      select.value = chosen;
      if (words.length && found.length === 1) select.value = found[0].value;
      if (select.selectedIndex < 0 && kept[0].value === "") select.selectedIndex = 0;
      select.dispatchEvent(new Event("change"));
      status.textContent = !words.length ? said :
        found.length === 1 ? "Una colonia: queda elegida." :
        found.length ? found.length + " colonias." : "Ninguna colonia con ese nombre. Elige «Mi colonia no aparece en la lista».";
    }

    input.addEventListener("input", filter);
    input.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== "ArrowDown") return;
      event.preventDefault(); // Enter here must not send the form
      select.focus();
    });
  }

  function start(root) {
    root.querySelectorAll("[data-filtrar]").forEach(setUp);
  }
  document.addEventListener("DOMContentLoaded", function () { start(document); });
  document.addEventListener("htmx:load", function (event) { start(event.detail.elt.parentNode || document); });
})();
