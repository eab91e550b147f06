// What each answer says to a person. `clase` is bien, duda or mal; no colour says it alone.
const PORTAL = `${DATOS.portal}/verificar/`;
const RESPUESTAS = {
  vigente: {
    clase: "bien",
    titulo: "Es auténtico y estaba vigente",
    texto: "La firma corresponde a estos datos y el documento no aparece como sustituido ni revocado en la lista del {fecha}.",
    consejo: "Compara cada dato con el papel: si alguno es distinto, el papel fue alterado.",
  },
  posterior: {
    clase: "duda",
    titulo: "Es auténtico; falta confirmar que sigue vigente",
    texto: "La firma corresponde a estos datos, pero el documento es posterior a la lista de estados que trae esta página ({fecha}).",
    consejo: "Compara cada dato con el papel y, cuando tengas internet, confírmalo en {portal}",
  },
  sin_lista: {
    clase: "duda",
    titulo: "Es auténtico; falta confirmar que sigue vigente",
    texto: "La firma corresponde a estos datos. Esta copia de la página no trae una lista de estados.",
    consejo: "Compara cada dato con el papel y, cuando tengas internet, confírmalo en {portal}",
  },
  sustituida: {
    clase: "duda",
    titulo: "Fue sustituido por otro documento",
    texto: "Lo expidió {emisor}, pero según la lista del {fecha} ya hay uno más nuevo en su lugar.",
    consejo: "Pide a la persona su documento más reciente.",
  },
  revocada: {
    clase: "mal",
    titulo: "Fue revocado: no lo aceptes",
    texto: "Lo expidió {emisor}, pero según la lista del {fecha} dejó de tener validez.",
    consejo: "Pide a la persona que consulte su trámite en {portal}",
  },
  firma: {
    clase: "mal",
    titulo: "No es auténtico: fue alterado",
    texto: "Los datos del código no corresponden a su firma. No se muestran porque no son de fiar.",
    consejo: "No lo aceptes. Si crees que es un error, pide el PDF original y compruébalo en {portal}",
  },
  clave_desconocida: {
    clase: "mal",
    titulo: "No se reconoce quién lo firmó",
    texto: "Está firmado con una llave que no es de {emisor}, o con una más nueva que esta página.",
    consejo: "No lo aceptes así. Descarga de nuevo esta página desde {portal} y vuelve a leerlo.",
  },
  clave_revocada: {
    clase: "mal",
    titulo: "La llave que lo firmó fue revocada: no lo aceptes",
    texto: "Esa llave dejó de ser segura y cualquiera pudo usarla.",
    consejo: "Pide a la persona que solicite un documento nuevo en {portal}",
  },
  ilegible: {
    clase: "mal",
    titulo: "No es un código de {emisor}",
    texto: "El código se leyó, pero no es el de una constancia, está incompleto o fue alterado.",
    consejo: "Revisa que sea el QR que está junto al código de verificación del documento y vuelve a leerlo.",
  },
  sin_qr: {
    clase: "duda",
    titulo: "No se encontró un código QR en la imagen",
    texto: "La imagen puede estar borrosa, muy oscura o cortada.",
    consejo: "Toma otra foto de cerca, con buena luz y con el QR completo y derecho.",
  },
  pdf: {
    clase: "duda",
    titulo: "Eso es un PDF",
    texto: "Sin internet esta página solo lee imágenes del código QR.",
    consejo: "Muéstralo en pantalla y usa la cámara, o sube el PDF en {portal}",
  },
  no_imagen: {
    clase: "duda",
    titulo: "No se pudo abrir el archivo como imagen",
    texto: "Sirven fotos y capturas de pantalla: JPG, PNG o WebP.",
    consejo: "Elige otra imagen o usa la cámara.",
  },
  codigo: {
    clase: "duda",
    titulo: "Ese código se comprueba con internet",
    texto: "Los 12 caracteres no llevan los datos del documento; el QR sí, y por eso funciona sin conexión.",
    consejo: "Lee el QR aquí, o escribe el código en {portal}",
  },
  insegura: {
    clase: "mal",
    titulo: "Este navegador no puede comprobar firmas aquí",
    texto: "La página debe abrirse con https o como archivo guardado en tu equipo, en un navegador reciente.",
    consejo: "Ábrela desde {portal} o descárgala y ábrela de nuevo.",
  },
};
const CAMARA = {
  NotAllowedError: "El navegador no tiene permiso para usar la cámara. Permítela en sus ajustes, o elige una imagen.",
  NotFoundError: "No se encontró una cámara en este equipo. Elige una imagen del código.",
  NotReadableError: "Otro programa está usando la cámara. Ciérralo y vuelve a intentar, o elige una imagen.",
};
const CAMARA_OTRO = "No fue posible usar la cámara. Elige una imagen del código, o pega su texto.";

const HORA = new Intl.DateTimeFormat("es-MX", { dateStyle: "long", timeStyle: "short", hour12: false, timeZone: "America/Mexico_City" });
const DIA = new Intl.DateTimeFormat("es-MX", { dateStyle: "long", timeZone: "UTC" });

// Returns the answer called `name` with its words filled in.
function respuesta(name, fecha) {
  const words = { fecha: fecha ? HORA.format(fecha) : "", portal: PORTAL, emisor: DATOS.emisor };
  const fill = (text) => text.replaceAll(/\{(\w+)\}/g, (_, word) => words[word]);
  const { clase, ...texts } = RESPUESTAS[name];
  return { name, clase, ...Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, fill(text)])) };
}

// Returns { respuesta, datos }: what to say of a text, and the fields to show, if any.
async function judge(text, lista) {
  if (!globalThis.crypto?.subtle) return { respuesta: respuesta("insegura") };
  const clean = text.replaceAll(/[\r\n\t]/g, "").trim(); // base45 never ends in a space
  if (/^[0-9a-z]{4}[-\s]?[0-9a-z]{4}[-\s]?[0-9a-z]{4}$/i.test(clean)) {
    return { respuesta: respuesta("codigo") };
  }
  try {
    const datos = await readCredencial(clean);
    const estado = lista ? (lista.of(datos.indice) ?? "posterior") : "sin_lista";
    return { respuesta: respuesta(estado, lista?.fecha), datos };
  } catch (fault) {
    return { respuesta: respuesta(fault instanceof CredencialInvalida ? fault.message : "ilegible") };
  }
}
