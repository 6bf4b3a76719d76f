/** A drawn, invented face: `variant` 1 looks slightly different, as a later picture of the same person would. */
export async function drawPortrait(width: number, height: number, variant: 0 | 1): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.scale(width / 102, height / 126);
  pen.fillStyle = variant === 0 ? '#dfe9f2' : '#e8edf2';
  pen.fillRect(0, 0, 102, 126);
  const shape = (colour: string, path: string) => {
    pen.fillStyle = colour;
    pen.fill(new Path2D(path));
  };
  shape(variant === 0 ? '#56657c' : '#c9741a', 'M6 126c2-22 20-28 34-31h22c14 3 32 9 34 31z');
  shape('#d5a27c', 'M41 80h20v20c-6 6-14 6-20 0z');
  shape('#e3b58f', 'M28 52c0-22 10-32 23-32s23 10 23 32c0 24-12 38-23 38s-23-14-23-38z');
  shape(
    '#26211f',
    variant === 0
      ? 'M25 56c-4-30 10-44 26-44s30 14 26 44c-2-14-6-20-10-24-10 4-26 4-32 0-4 4-8 10-10 24z'
      : 'M25 54c-4-32 12-43 26-43s30 13 26 43c-3-12-5-17-9-21-12 2-24 1-33 0-4 4-7 9-10 21z',
  );
  shape('#2b2320', 'M36.5 54a3.5 2.2 0 1 0 7 0a3.5 2.2 0 1 0-7 0zM58.5 54a3.5 2.2 0 1 0 7 0a3.5 2.2 0 1 0-7 0z');
  shape('#4a3328', 'M34 47.500q6-3.5 11 0l-.5 1.200q-5-2-10 0zM57 47.500q6-3.5 11 0l-.5 1.200q-5-2-10 0z');
  shape('#cf9a75', 'M49 60q2 6-1.5 8h7q-3.5-2-1.5-8z');
  shape('#a8614e', 'M43 75.500q8 3.5 16 0q-8 5.5-16 0z');
  const blob = await canvas.convertToBlob(
    variant === 0 ? { type: 'image/png' } : { type: 'image/jpeg', quality: 0.92 },
  );
  return new Uint8Array(await blob.arrayBuffer());
}
