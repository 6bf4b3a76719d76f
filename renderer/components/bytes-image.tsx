import { useEffect, useState } from 'react';

/** Long enough for the element to have taken up the picture that replaces it. */
const revokeAfterMs = 2000;

/**
 * An address under which the page can show bytes, handed out once the picture has been loaded under it: an address that
 * is given back while the browser is still fetching it would be an error, and the picture would flicker.
 */
function useObjectUrl(bytes: Uint8Array, type: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
    const picture = new Image();
    let isWanted = true;
    const loaded = new Promise<void>((resolve) => {
      picture.onload = picture.onerror = () => resolve();
    });
    picture.src = made;
    void loaded.then(() => isWanted && setUrl(made));
    return () => {
      isWanted = false;
      // Whoever shows it now changes to the next picture first.
      void loaded.then(() => setTimeout(() => URL.revokeObjectURL(made), revokeAfterMs));
    };
  }, [bytes, type]);
  return url;
}

interface Props {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png';
  readonly alt: string;
  readonly className?: string;
  readonly testId?: string;
}

/** A picture that came as bytes. */
export function BytesImage({ bytes, type, alt, className, testId }: Props) {
  const url = useObjectUrl(bytes, type);
  return <img src={url} alt={alt} className={className} data-testid={testId} draggable={false} />;
}
