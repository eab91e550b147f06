// A shared computer: after a while without a key or a touch a window asks if somebody is there.
// Unanswered, the session ends. Without this file each page leads to the same question by itself.
(function () {
  "use strict";
  var box = document.getElementById("quiosco");
  if (!box || !window.fetch) return;
  var dialog = document.getElementById("quiosco-aviso"), left = document.getElementById("quiosco-quedan");
  var ends = document.getElementById("form-terminar");
  var wait = box.dataset.esperaSegundos * 1000, grace = box.dataset.avisoSegundos * 1000;
  var seen = Date.now(), told = seen;

  // The server keeps the time too: it hears of a person who only types, now and then.
  function tell() {
    told = Date.now();
    var body = new URLSearchParams({ csrfmiddlewaretoken: ends.elements.csrfmiddlewaretoken.value });
    fetch(box.dataset.sigo, {
      method: "POST", body: body, credentials: "same-origin", headers: { "X-Requested-With": "fetch" }
    }).catch(function () {});
  }
  function here() {
    if (dialog.open) return; // only the button answers the question
    seen = Date.now();
    if (seen - told > wait / 4) tell();
  }
  function look() {
    var idle = Date.now() - seen;
    if (idle > wait + grace) {
      clearInterval(watch);
      ends.submit();
    } else if (idle > wait) {
      if (!dialog.open) dialog.showModal();
      left.textContent = Math.ceil((wait + grace - idle) / 1000);
    }
  }
  var watch = setInterval(look, 1000);
  ["keydown", "pointerdown", "input", "scroll"].forEach(function (name) {
    document.addEventListener(name, here, { passive: true, capture: true });
  });
  document.getElementById("quiosco-sigo").addEventListener("click", function () {
    dialog.close();
    seen = Date.now();
    tell();
  });
  dialog.addEventListener("cancel", function (event) { event.preventDefault(); });
  // A page that comes back from the browser's memory is nobody's: ask for it again.
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
})();
