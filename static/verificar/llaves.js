// The keys this page was made with, by serial. No other key is ever believed.
const ALGORITMOS = {
  ES256: [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }],
  ES384: [{ name: "ECDSA", namedCurve: "P-384" }, { name: "ECDSA", hash: "SHA-384" }],
  ES512: [{ name: "ECDSA", namedCurve: "P-521" }, { name: "ECDSA", hash: "SHA-512" }],
  RS256: [{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, { name: "RSASSA-PKCS1-v1_5" }],
};

function findLlave(serie) {
  return DATOS.claves.find((clave) => clave.serie === serie);
}

async function signatureHolds(clave, signature, bytes) {
  const [kind, how] = ALGORITMOS[clave.jwk.alg];
  const key = await crypto.subtle.importKey("jwk", clave.jwk, kind, false, ["verify"]);
  return crypto.subtle.verify(how, key, signature, bytes);
}
