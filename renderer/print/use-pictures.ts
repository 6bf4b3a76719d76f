import { useEffect, useState } from 'react';

/** Asked for at once: enough to keep the station busy, few enough that an enrolment beside it does not wait. */
const atOnce = 6;

export interface Pictures {
  /** Addresses under which the page shows them, by record; a worker without a picture has none. */
  readonly urls: ReadonlyMap<string, string>;
  /** Workers that were asked about, with a picture or without. */
  readonly done: number;
}

type Ask = (id: string) => Promise<Uint8Array | undefined>;

const none: Pictures = { urls: new Map(), done: 0 };

/** The address of a picture that the browser can draw; undefined where there is none, or none that can be drawn. */
async function drawable(bytes: Uint8Array | undefined): Promise<string | undefined> {
  if (bytes === undefined) return undefined;
  const file = new Blob([new Uint8Array(bytes)]);
  const picture = await createImageBitmap(file);
  picture.close();
  return URL.createObjectURL(file);
}

async function pictureOf(id: string, ask: Ask): Promise<readonly (readonly [string, string])[]> {
  const url = await ask(id)
    .then(drawable)
    .catch(() => undefined);
  return url === undefined ? [] : [[id, url]];
}

/** A picture of each worker, some at a time in their order. `ask` has to stay the same while they are wanted. */
export function usePictures(ids: readonly string[], ask: Ask): Pictures {
  const [pictures, setPictures] = useState(none);
  useEffect(() => {
    const urls = new Map<string, string>();
    let isWanted = true;
    const load = async () => {
      for (let at = 0; at < ids.length && isWanted; at += atOnce) {
        const part = ids.slice(at, at + atOnce);
        const found = await Promise.all(part.map((id) => pictureOf(id, ask)));
        for (const [id, url] of found.flat()) urls.set(id, url);
        if (isWanted) setPictures({ urls: new Map(urls), done: at + part.length });
      }
    };
    const loaded = load();
    return () => {
      isWanted = false;
      setPictures(none);
      void loaded.then(() => urls.forEach((url) => URL.revokeObjectURL(url)));
    };
  }, [ids, ask]);
  return pictures;
}
