// Solves a proof of work (comun/trabajo.py): for each part, the first n whose
// SHA-256("reto.part.n") begins with `bits` zeros. One block of SHA-256 is enough for it.
"use strict";
var K = new Int32Array(64), START = new Int32Array(8), W = new Int32Array(64);
(function () {
  // The constants are the first 32 bits of roots of the first primes.
  var found = 0, n, d;
  for (n = 2; found < 64; n++) {
    for (d = 2; d * d <= n && n % d; d++);
    if (d * d <= n) continue;
    if (found < 8) START[found] = (Math.sqrt(n) % 1) * 4294967296;
    K[found++] = (Math.cbrt(n) % 1) * 4294967296;
  }
})();

function turn(x, n) { return (x >>> n) | (x << (32 - n)); }

// Returns the first 32 bits of the digest of one padded block of 64 bytes.
function head(block) {
  var i, x, y, t1, t2;
  var a = START[0], b = START[1], c = START[2], d = START[3];
  var e = START[4], f = START[5], g = START[6], h = START[7];
  for (i = 0; i < 16; i++) {
    W[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
  }
  for (; i < 64; i++) {
    x = W[i - 15];
    y = W[i - 2];
    W[i] = W[i - 16] + W[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
  }
  for (i = 0; i < 64; i++) {
    t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return (a + START[0]) >>> 0;
}

function search(prefix, bits) {
  var block = new Uint8Array(64), i, n, text, end, limit = Math.pow(2, 32 - bits);
  for (i = 0; i < prefix.length; i++) block[i] = prefix.charCodeAt(i);
  for (n = 0; ; n++) {
    text = String(n);
    end = prefix.length + text.length;
    for (i = 0; i < text.length; i++) block[prefix.length + i] = text.charCodeAt(i);
    block[end] = 128;
    block[62] = (end * 8) >> 8;
    block[63] = (end * 8) & 255;
    if (head(block) < limit) return n;
  }
}

self.onmessage = function (event) {
  var asked = event.data, found = [];
  for (var part = 0; part < asked.partes; part++) {
    found.push(search(asked.reto + "." + part + ".", asked.bits));
    self.postMessage({ hechas: part + 1 });
  }
  self.postMessage({ solucion: found.join(",") });
};
