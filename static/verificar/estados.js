// The signed status list this page carries: two bits per document (constancias/estados.py).
const ESTADOS = ["vigente", "revocada", "revocada", "sustituida"];

function fromBase64url(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

const readJson = (text) => JSON.parse(new TextDecoder().decode(fromBase64url(text)));

// Returns { fecha, of(indice) }, or null when the page carries no list or a key of ours did not
// sign it. `of` answers null for a document newer than the list.
async function readLista(jwt) {
  try {
    const [head, body, signature] = jwt.split(".");
    const { kid, alg, typ } = readJson(head);
    const clave = findLlave(kid);
    const bytes = new TextEncoder().encode(`${head}.${body}`);
    if (typ !== "statuslist+jwt" || clave.jwk.alg !== alg || clave.estado === "revocada") return null;
    if (!(await signatureHolds(clave, fromBase64url(signature), bytes))) return null;
    const { iat, status_list: lista } = readJson(body);
    const packed = await inflate(fromBase64url(lista.lst));
    return {
      fecha: new Date(iat * 1000),
      of: (indice) => {
        const byte = packed[Math.floor(indice / 4)];
        return byte === undefined ? null : ESTADOS[(byte >> ((indice % 4) * 2)) & 3];
      },
    };
  } catch {
    return null;
  }
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
