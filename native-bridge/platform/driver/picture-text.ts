import type { WorkerUpload } from '../connector.ts';
import type { Dialect } from './dialect.ts';

export type PictureSource = 'chip-portrait' | 'enrolment-photo';

/** One of the two pictures as the platform takes it: Base64 on one line, behind the dialect's prefix. */
export function pictureText(
  worker: Pick<WorkerUpload, 'headImage' | 'issueCardPic'>,
  source: PictureSource,
  { imagePrefix }: Pick<Dialect, 'imagePrefix'>,
): string {
  const picture = source === 'chip-portrait' ? worker.headImage : worker.issueCardPic;
  return imagePrefix + Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength).toString('base64');
}
