// A form goes out once: a second click while the first is on its way does nothing.
(function () {
  "use strict";
  function once(event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.enviado) event.preventDefault();
    form.dataset.enviado = "1";
    setTimeout(function () { delete form.dataset.enviado; }, 4000);
  }
  // A page that comes back from the browser's memory may be sent again.
  function again() {
    document.querySelectorAll("form[data-enviado]").forEach(function (form) {
      delete form.dataset.enviado;
    });
  }
  // Errors are read first: the summary takes the focus, and takes it back from an address with #.
  function start() {
    var summary = document.getElementById("resumen-errores");
    if (summary) summary.focus();
  }
  document.addEventListener("submit", once);
  window.addEventListener("pageshow", again);
  document.addEventListener("DOMContentLoaded", start);
  if (location.hash) window.addEventListener("load", function () { setTimeout(start); });
})();
