// A link with data-abre="id" opens that <dialog> here; without scripts it is a link to its page.
(function () {
  "use strict";
  function open(event) {
    var link = event.target.closest("a[data-abre]");
    var plain = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    var dialog = link && !plain && document.getElementById(link.dataset.abre);
    if (!dialog || !dialog.showModal) return;
    event.preventDefault();
    dialog.showModal();
  }
  // A page that comes back from the browser's memory comes back closed.
  function close() {
    document.querySelectorAll("dialog[open]").forEach(function (dialog) { dialog.close(); });
  }
  document.addEventListener("click", open);
  window.addEventListener("pagehide", close);
})();
