/** Up to which distance a face under another number is worth a person's look; valid for one pipeline only. */
export interface SearchLimit {
  readonly fingerprint: string;
  readonly distance: number;
}

export const measuredSearchLimit: SearchLimit = { fingerprint: '', distance: 0.28 };
