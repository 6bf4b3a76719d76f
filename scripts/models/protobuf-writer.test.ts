import { describe, expect, it } from 'vitest';
import { ProtobufWriter } from './protobuf-writer.ts';

describe('protocol buffer fields', () => {
  // The examples of the encoding page of the protocol buffer documentation.
  it('encode like the published examples', () => {
    expect([...new ProtobufWriter().integer(1, 150).finish()]).toEqual([0x08, 0x96, 0x01]);
    const text = [...new ProtobufWriter().bytes(2, 'testing').finish()];
    expect(text).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
    const nested = new ProtobufWriter().bytes(3, new ProtobufWriter().integer(1, 150));
    expect([...nested.finish()]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
    expect([...new ProtobufWriter().integer(1, -2).finish()]).toEqual([
      0x08,
      0xfe,
      ...new Array<number>(8).fill(0xff),
      1,
    ]);
  });

  it('keep their order and little-endian floats', () => {
    expect([...new ProtobufWriter().float(2, 1).integer(1, 0).finish()]).toEqual([0x15, 0, 0, 0x80, 0x3f, 0x08, 0]);
  });
});
