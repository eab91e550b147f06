// The page: three ways in, one answer out. Everything is written with textContent.
const byId = (id) => document.getElementById(id);
const camara = new Camara(byId("video"));
const lista = readLista(DATOS.estados);
let turno = 0; // answers of an older reading are dropped

function rows(datos) {
  const nss = /^\d{11}$/.test(datos.nss)
    ? datos.nss.replace(/^(..)(..)(..)(....)(.)$/, "$1 $2 $3 $4-$5")
    : datos.nss;
  return [
    ["Documento", datos.tipo],
    ["Número de Seguridad Social", nss, "cifras"],
    ["Nombre", datos.nombre, "", datos.recortado && "No cupo completo en el código: cada palabra con punto está recortada."],
    ["CURP", datos.curp, "cifras"],
    ["Trámite", datos.verbo],
    ["Fecha de emisión", DIA.format(datos.emitida)],
    ["Folio", datos.folio, "cifras"],
    ["Emitido por", datos.emisor],
  ];
}

function element(name, text, clase) {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  if (clase) node.className = clase;
  return node;
}

function show({ respuesta: { name, clase, titulo, texto, consejo }, datos }) {
  const panel = byId("respuesta");
  const heading = element("h2", titulo);
  heading.tabIndex = -1;
  panel.className = `veredicto ${clase}`;
  panel.dataset.respuesta = name;
  panel.replaceChildren(element("span", { bien: "✓", duda: "!", mal: "✕" }[clase], "senal"), heading);
  panel.firstChild.setAttribute("aria-hidden", "true");
  panel.append(element("p", texto));
  if (datos) {
    const table = element("dl", "", "datos");
    for (const [label, value, kind, note] of rows(datos)) {
      const row = element("div");
      row.append(element("dt", label), element("dd", value || "—", kind));
      if (note) row.lastChild.append(element("small", note));
      table.append(row);
    }
    panel.append(table);
  }
  panel.append(element("p", consejo, "consejo"));
  panel.hidden = false;
  byId("otra").hidden = false;
  heading.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
}

// Runs one reading: `read` gives the text, or the name of an answer in { name }.
async function run(read) {
  const mine = (turno += 1);
  byId("respuesta").hidden = true;
  byId("aviso").textContent = "Leyendo…";
  const found = await read();
  const answer = typeof found === "string" ? await judge(found, await lista) : { respuesta: respuesta(found.name) };
  if (mine !== turno) return;
  byId("aviso").textContent = "";
  show(answer);
}

async function fromFile(file) {
  if (file.type === "application/pdf") return { name: "pdf" };
  try {
    return (await readPicture(file)) ?? { name: "sin_qr" };
  } catch {
    return { name: "no_imagen" };
  }
}

function stopCamera() {
  camara.stop();
  byId("visor").hidden = true;
  byId("camara").hidden = false;
}

byId("camara").addEventListener("click", async () => {
  byId("aviso").textContent = "";
  byId("respuesta").hidden = true;
  byId("visor").hidden = false;
  byId("camara").hidden = true;
  try {
    await camara.start((text) => {
      stopCamera();
      run(() => text);
    });
  } catch (fault) {
    stopCamera();
    byId("aviso").textContent = CAMARA[fault.name] ?? CAMARA_OTRO;
  }
});
byId("parar").addEventListener("click", () => {
  stopCamera();
  byId("camara").focus();
});
byId("imagen").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  target.value = ""; // the same file may be chosen again
  stopCamera();
  if (file) run(() => fromFile(file));
});
byId("texto").addEventListener("submit", (event) => {
  event.preventDefault();
  stopCamera();
  if (byId("pegado").value.trim()) run(() => byId("pegado").value);
});
byId("otra").addEventListener("click", () => {
  byId("respuesta").hidden = byId("otra").hidden = true;
  byId("pegado").value = "";
  byId("camara").focus();
});
document.addEventListener("visibilitychange", () => document.hidden && stopCamera());

byId("sin-guiones").remove();
byId("herramienta").hidden = false;
if (location.protocol === "file:") byId("descargar").hidden = true;
lista.then((leida) => {
  byId("lista").textContent = leida ? HORA.format(leida.fecha) : "no incluida en esta copia";
  document.body.dataset.lista = leida ? "si" : "no";
});
