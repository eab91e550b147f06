// Base45 (RFC 9285), as constancias/base45.py: what `encode` cannot have written is refused.
const ALFABETO = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

function decodeBase45(text) {
  const bytes = [];
  for (let start = 0; start < text.length; start += 3) {
    const group = [...text.slice(start, start + 3)].map((char) => ALFABETO.indexOf(char));
    const number = group.reduceRight((sum, value) => sum * 45 + value, 0);
    if (group.length === 1 || group.includes(-1) || number >= 256 ** (group.length - 1)) {
      throw new Error("base45");
    }
    if (group.length === 3) bytes.push(number >> 8);
    bytes.push(number & 255);
  }
  return Uint8Array.from(bytes);
}
