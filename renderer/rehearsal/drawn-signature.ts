/** A drawn, invented signature, in the proportions of what the pad gives: strokes on nothing. */
export async function drawSignature(): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(480, 160);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.strokeStyle = '#14213d';
  pen.lineWidth = 5;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  for (const stroke of [
    'M60 46c30-4 62-8 92-10M104 18c-2 40-8 82-44 118M84 78c34 6 58 26 82 54',
    'M206 40c26-4 50-6 72-8M196 76c36-2 70-6 102-10M246 22c2 42 4 84-4 116c-8-2-16-8-22-16',
    'M338 44c24 2 60-6 84-12M344 90c-4 26 4 42 26 40c30-4 50-46 56-90c-10 34-6 74 30 92',
  ])
    pen.stroke(new Path2D(stroke));
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
