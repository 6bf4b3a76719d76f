/** The three wire shapes of protocol buffers that an ONNX file needs: varint, 32-bit and length-delimited fields. */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];

  /** A varint field; negative numbers take the ten-byte two's complement form, as protobuf's int64 asks. */
  integer(field: number, value: number): this {
    this.#parts.push(varint(BigInt(field << 3)), varint(BigInt.asUintN(64, BigInt(value))));
    return this;
  }

  /** A 32-bit float field, little-endian. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#parts.push(varint(BigInt((field << 3) | 5)), bytes);
    return this;
  }

  /** A length-delimited field: raw bytes, UTF-8 text or a nested message. */
  bytes(field: number, value: Uint8Array | string | ProtobufWriter): this {
    const body = toBytes(value);
    this.#parts.push(varint(BigInt((field << 3) | 2)), varint(BigInt(body.length)), body);
    return this;
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of this.#parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }
}

function toBytes(value: Uint8Array | string | ProtobufWriter): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? new TextEncoder().encode(value) : value.finish();
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
