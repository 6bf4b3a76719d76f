const recordId = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

/**
 * What the QR code of a badge holds: the record's id and nothing of the person. Capitals fit the code's alphanumeric mode
 * (25 × 25 modules), and a scanner that types them is not caught by an input method for Chinese.
 */
export const badgeCode = (id: string): string => id.toUpperCase();

/** The record that a scanned badge names; undefined for anything else that was typed. */
export function recordOfBadge(text: string): string | undefined {
  const scanned = text.trim();
  return recordId.test(scanned) ? scanned.toLowerCase() : undefined;
}
