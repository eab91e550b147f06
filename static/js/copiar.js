// A button with data-copia="id" copies that text; it shows only where copying works.
(function () {
  "use strict";
  function start() {
    var button = document.querySelector("[data-copia]");
    var text = button && document.getElementById(button.dataset.copia);
    if (!text) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      text.focus();
      text.select();
      var done = navigator.clipboard
        ? navigator.clipboard.writeText(text.value)
        : Promise.reject(new Error("no clipboard"));
      done.then(tell("Copiado."), tell("Ya está seleccionado: cópialo con tu teclado o tu teléfono."));
    });
  }
  function tell(words) {
    return function () { document.getElementById("copiado").textContent = words; };
  }
  document.addEventListener("DOMContentLoaded", start);
})();
