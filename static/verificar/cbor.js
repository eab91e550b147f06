// The part of CBOR (RFC 8949) that a credencial uses, in its shortest form only: heads that
// could be shorter, open lengths, repeated keys and trailing bytes are refused.
const SIMPLE = new Map([[20, false], [21, true]]);

class Cbor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  static decode(bytes) {
    const reader = new Cbor(bytes);
    const value = reader.read();
    if (reader.at !== bytes.length) throw new Error("trailing bytes");
    return value;
  }

  take(length) {
    if (this.at + length > this.bytes.length) throw new Error("cut");
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  head() {
    const [first] = this.take(1);
    const short = first & 31;
    if (short < 24) return [first >> 5, short];
    if (short > 27) throw new Error("open length");
    const value = this.take(2 ** (short - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    const least = [24, 2 ** 8, 2 ** 16, 2 ** 32][short - 24];
    if (value < least || !Number.isSafeInteger(value)) throw new Error("head");
    return [first >> 5, value];
  }

  read() {
    const [major, value] = this.head();
    switch (major) {
      case 0: return value;
      case 1: return -1 - value;
      case 2: return this.take(value);
      case 3: return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.take(value));
      case 4: return Array.from({ length: value }, () => this.read());
      case 5: return this.map(value);
      case 6: return { tag: value, value: this.read() };
      default:
        if (!SIMPLE.has(value)) throw new Error("simple");
        return SIMPLE.get(value);
    }
  }

  map(size) {
    const pairs = new Map();
    for (let n = 0; n < size; n += 1) {
      const key = this.read();
      if (pairs.has(key)) throw new Error("repeated key");
      pairs.set(key, this.read());
    }
    return pairs;
  }
}

// Bytes of a head and of a byte string, to write what a signature covers.
function cborBytes(bytes) {
  const size = bytes.length;
  const head = size < 24 ? [0x40 | size] : size < 256 ? [0x58, size] : [0x59, size >> 8, size & 255];
  return [...head, ...bytes];
}
