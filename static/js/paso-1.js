// Paso 1, made easier: the proof of work in place of the characters, and one press to put
// a mistyped mailbox right. Without this file the page works with the image and the audio.
(function () {
  "use strict";

  // --- the machine's own work -----------------------------------------------------
  var box = document.getElementById("trabajo");
  if (box && window.Worker && window.fetch) {
    box.hidden = false;
    box.querySelector("button").addEventListener("click", ask);
  }

  function say(words) { box.querySelector("[role=status]").textContent = words; }

  function ask() {
    var form = box.closest("form"), button = box.querySelector("button");
    button.disabled = true;
    say(box.dataset.espera);
    var body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    fetch(box.dataset.pedir, { method: "POST", body: body, credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (asked) {
        if (asked.reto) solve(asked, form);
        else say(asked.mensaje);
      })
      .catch(function () {
        button.disabled = false;
        say(box.dataset.fallo);
      });
  }

  function solve(asked, form) {
    var worker = new Worker(box.dataset.trabajador), bar = box.querySelector("progress");
    bar.max = asked.partes;
    bar.hidden = false;
    worker.onmessage = function (event) {
      if (event.data.hechas) {
        bar.value = event.data.hechas;
        return;
      }
      form.elements.trabajo.value = asked.reto;
      form.elements.solucion.value = event.data.solucion;
      bar.hidden = true;
      box.querySelector("button").hidden = true;
      say(box.dataset.listo);
      worker.terminate();
    };
    worker.onerror = function () {
      bar.hidden = true;
      say(box.dataset.fallo);
    };
    worker.postMessage(asked);
  }

  // --- the mailbox that was meant -------------------------------------------------
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-usar-correo]");
    if (!button) return;
    event.preventDefault();
    var fields = button.form.elements, old = fields.correo.value.trim().toLowerCase();
    if (fields.correo_otra_vez.value.trim().toLowerCase() === old) {
      fields.correo_otra_vez.value = button.dataset.usarCorreo;
    }
    fields.correo.value = button.dataset.usarCorreo;
    fields.correo.focus();
    document.getElementById("nota-correo").textContent = "";
  });

  // A note that arrives while typing is tied to its field, as one that comes with the page.
  function tie(note) {
    var field = document.getElementById(note.id.replace("nota-", "id_")), error = note.querySelector(".error");
    if (error) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", field.id + "_helptext" + (error ? " " + error.id : ""));
    field.closest(".campo").classList.toggle("con-error", Boolean(error));
  }
  document.querySelectorAll("[id^=nota-]").forEach(function (note) {
    new MutationObserver(function () { tie(note); }).observe(note, { childList: true });
  });
})();
