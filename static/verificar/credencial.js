// Reads the text of a QR as constancias/credencial.py does: first the signature, then the claims.
const PREFIJO = "NSS1:";
const LARGO = 400;
const ORDEN = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n; // of P-256
const NUESTRO = -65537;
const TIPOS = ["Constancia de NSS", "Tarjeta de NSS", "Comprobante de trámite", "Constancia con NSS enmascarado"];
const VERBOS = ["Asignación de NSS", "Localización de NSS"];

class CredencialInvalida extends Error {}

const toNumber = (bytes) => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

// Returns what the QR says; throws CredencialInvalida with "ilegible", "firma",
// "clave_desconocida" or "clave_revocada".
async function readCredencial(text) {
  const { protegido, payload, firma, serie } = readable(() => split(text));
  const clave = findLlave(serie);
  if (!clave || clave.jwk.alg !== "ES256") throw new CredencialInvalida("clave_desconocida");
  const low = toNumber(firma.slice(32)) <= ORDEN / 2n;
  if (!low || !(await signatureHolds(clave, firma, signed(protegido, payload)))) {
    throw new CredencialInvalida("firma");
  }
  if (clave.estado === "revocada") throw new CredencialInvalida("clave_revocada");
  return readable(() => claims(payload));
}

function readable(read) {
  try {
    return read();
  } catch {
    throw new CredencialInvalida("ilegible");
  }
}

function split(text) {
  if (!text.startsWith(PREFIJO) || text.length > LARGO) throw new Error("prefix");
  const { tag, value } = Cbor.decode(decodeBase45(text.slice(PREFIJO.length)));
  const [protegido, libre, payload, firma] = value;
  const head = Cbor.decode(protegido);
  const kid = head.get(4);
  const ours = tag === 18 && value.length === 4 && libre.size === 0 && firma.length === 64;
  const keys = [...head.keys()].join() === "1,4" && head.get(1) === -7 && kid[0] !== 0;
  if (!ours || !keys || !(payload instanceof Uint8Array) || !(firma instanceof Uint8Array)) {
    throw new Error("sign1");
  }
  return { protegido, payload, firma, serie: String(toNumber(kid)) };
}

// Sig_structure of RFC 9052: ["Signature1", protected, "", payload]
function signed(protegido, payload) {
  const word = new TextEncoder().encode("Signature1");
  return Uint8Array.from([0x84, 0x6a, ...word, ...cborBytes(protegido), 0x40, ...cborBytes(payload)]);
}

function claims(payload) {
  const all = Cbor.decode(payload);
  const [tipo, verbo, nss, curp, nombre, recortado, dias, indice, origen] = all.get(NUESTRO);
  if (!(tipo in TIPOS) || !(verbo in VERBOS)) throw new Error("newer than this page");
  return {
    emisor: all.get(1),
    folio: String(toNumber(all.get(7))).padStart(23, "0"),
    tipo: TIPOS[tipo],
    verbo: VERBOS[verbo],
    nss: typeof nss === "string" ? nss : String(nss).padStart(11, "0"),
    curp: typeof curp === "string" ? curp : toNumber(curp).toString(36).toUpperCase().padStart(18, "0"),
    nombre,
    recortado,
    emitida: new Date(dias * 86_400_000), // midnight UTC of that day
    indice,
    origen,
  };
}
