/** Four times the card's 102 x 126, so that edges stay smooth after scaling. */
const WIDTH = 408;
const HEIGHT = 504;

const SKINS = ['#f1c9a5', '#e6b48c', '#d39f78', '#c08a63'] as const;
const HAIRS = ['#1d1a1a', '#33261f', '#4a4a4f', '#8d8d92'] as const;
const SHIRTS = ['#2f5d8a', '#7a3b3b', '#3e6b4a', '#5a4b7c', '#8a6a2f'] as const;
/** Drawn over the face: short hair, long hair, cap of hair, site helmet. */
const HEADDRESSES = [
  (hair: string) => `<path d="M112 214q-10-142 92-142t92 142q-18-70-92-74t-92 74z" fill="${hair}"/>`,
  (hair: string) => `<path d="M100 350q-26-282 104-282t104 282h-34q30-176-70-196-100 20-70 196z" fill="${hair}"/>`,
  (hair: string) => `<path d="M108 190q0-124 96-124t96 124q-96-52-192 0z" fill="${hair}"/>`,
  () =>
    `<path d="M100 176q4-118 104-118t104 118z" fill="#e9b219"/><rect x="86" y="172" width="236" height="18" rx="9" fill="#c9970f"/>`,
] as const;

/**
 * A flat drawing of a person on white, as PNG: the same for the same seed, and never to be taken for a photograph.
 */
export async function makeSimplePortrait(seed: number): Promise<Uint8Array> {
  const skin = pick(SKINS, seed);
  const hair = pick(HAIRS, Math.floor(seed / 4));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="#ffffff"/>
    ${body(skin, pick(SHIRTS, seed))}
    ${face(skin)}
    ${pick(HEADDRESSES, seed)(hair)}
  </svg>`;
  const { default: sharp } = await import('sharp');
  return Uint8Array.from(await sharp(Buffer.from(svg)).png().toBuffer());
}

function body(skin: string, shirt: string): string {
  return `<path d="M20 504q4-130 118-142h132q114 12 118 142z" fill="${shirt}"/>
    <path d="M164 320h80v52q-40 44-80 0z" fill="${skin}" stroke="#00000022" stroke-width="3"/>`;
}

function face(skin: string): string {
  return `<ellipse cx="204" cy="228" rx="90" ry="118" fill="${skin}" stroke="#00000033" stroke-width="3"/>
    <path d="M146 196q20-12 40 0M222 196q20-12 40 0" fill="none" stroke="#2a2020" stroke-width="7"/>
    <circle cx="166" cy="222" r="10" fill="#2a2020"/><circle cx="242" cy="222" r="10" fill="#2a2020"/>
    <path d="M204 228l-12 42h22" fill="none" stroke="#00000055" stroke-width="5"/>
    <path d="M172 304q32 16 64 0" fill="none" stroke="#a2493f" stroke-width="8"/>`;
}

function pick<Choice>(choices: readonly [Choice, ...Choice[]], seed: number): Choice {
  return choices[Math.abs(Math.trunc(seed)) % choices.length] ?? choices[0];
}
