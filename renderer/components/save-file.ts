/** A browser that is busy begins to read the file long after the click; a URL that is gone by then cancels the download. */
const revokeAfterMs = 60_000;

/** Offers `content` to the operator as a file to keep. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), revokeAfterMs);
}
