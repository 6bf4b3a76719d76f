/*
 * Finds parts of a screen that lie over one another or are cut off. Looked at are texts, letter by letter as they are
 * drawn, and controls; what is decoration (`aria-hidden`) is left out.
 */

type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;

interface Part {
  readonly element: Element;
  /** The innermost element that may cut it. */
  readonly within: Element | null;
  readonly name: string;
  readonly box: Box;
}

const controls = 'button, a[href], input, select, textarea, [role=button], [role=tab], [role=combobox], [role=switch]';
/** Parts of one control lie over one another as its library wants them to. */
const wholes =
  'label, button, .ant-select, .ant-input-affix-wrapper, .ant-input-number, .ant-segmented-item, .ant-tabs-nav';
/** By how many pixels rounding may move an edge. */
const tolerance = 1.5;

const isDecoration = (element: Element): boolean => element.closest('[aria-hidden=true], .visually-hidden') !== null;
const isSeen = (element: Element): boolean =>
  !isDecoration(element) && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

const width = ({ left, right }: Box) => right - left;
const height = ({ top, bottom }: Box) => bottom - top;

const shared = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});
const isArea = (box: Box): boolean => width(box) > tolerance && height(box) > tolerance;

/** Fonts keep room above and below the letters, in which lines may meet: only the letters' own height counts. */
function letters({ left, right, top, bottom }: Box, size: number): Box {
  const middle = (top + bottom) / 2;
  const half = Math.min(bottom - top, size) / 2;
  return { left, right, top: middle - half, bottom: middle + half };
}

function textParts(): readonly Part[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const parts: Part[] = [];
  while (walker.nextNode()) {
    const { currentNode: text } = walker;
    const element = text.parentElement;
    const name = text.textContent?.trim() ?? '';
    if (name === '' || element === null || !isSeen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    for (const box of range.getClientRects()) parts.push({ element, within: element, name, box: letters(box, size) });
  }
  return parts;
}

const controlParts = (): readonly Part[] =>
  [...document.querySelectorAll(controls)].filter(isSeen).map((element) => ({
    element,
    within: element.parentElement,
    name: element.getAttribute('data-testid') ?? element.getAttribute('aria-label') ?? element.outerHTML.slice(0, 120),
    box: element.getBoundingClientRect(),
  }));

type Reach = 'visible' | 'hidden' | 'scrolled';

/** How an element shows what it holds. */
interface Clip {
  readonly box: Box;
  readonly sideways: Reach;
  readonly down: Reach;
  readonly wraps: boolean;
  readonly isFixed: boolean;
}

const reaches: Readonly<Record<string, Reach>> = {
  hidden: 'hidden',
  clip: 'hidden',
  auto: 'scrolled',
  scroll: 'scrolled',
};
/** Long lists, which their library scrolls. */
const scrolledByScript = '.ant-table-tbody-virtual-holder, .rc-virtual-list-holder';

function clipOf(element: Element): Clip {
  const { overflowX, overflowY, flexWrap, position } = getComputedStyle(element);
  const outer = element.getBoundingClientRect();
  // The element's own zoom is in its box, not in its client sizes.
  const zoom = element instanceof HTMLElement && element.offsetWidth > 0 ? outer.width / element.offsetWidth : 1;
  const left = outer.left + element.clientLeft * zoom;
  const top = outer.top + element.clientTop * zoom;
  const box = { left, top, right: left + element.clientWidth * zoom, bottom: top + element.clientHeight * zoom };
  const down = element.matches(scrolledByScript) ? 'scrolled' : (reaches[overflowY] ?? 'visible');
  const sideways = reaches[overflowX] ?? 'visible';
  return { box, sideways, down, wraps: flexWrap === 'wrap', isFixed: position === 'fixed' };
}

const everywhere: Box = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

const limitOf = ({ box, sideways, down }: Clip): Box => ({
  ...everywhere,
  ...(sideways !== 'visible' && { left: box.left, right: box.right }),
  ...(down !== 'visible' && { top: box.top, bottom: box.bottom }),
});

interface Drawn {
  /** What can be seen of it. */
  readonly box: Box;
  /** Whether some of it can never be seen: it is cut where nothing scrolls. */
  readonly isCut: boolean;
}

/** Follows a part outwards through everything that shows only some of what it holds. */
class Way {
  seen: Box;
  isCut = false;
  readonly #box: Box;
  #sideways = true;
  #down = true;

  constructor({ box }: Part) {
    this.#box = box;
    this.seen = box;
  }

  pass(clip: Clip): void {
    const limit = limitOf(clip);
    const { left, right, top, bottom } = this.#box;
    const isOutSideways = left < limit.left - tolerance || right > limit.right + tolerance;
    const isOutDown = top < limit.top - tolerance || bottom > limit.bottom + tolerance;
    // A line that shows as many as fit lets the rest wrap out of sight whole.
    const isLeftOut = clip.wraps && top >= limit.bottom - tolerance;
    this.isCut ||= this.#sideways && clip.sideways === 'hidden' && isOutSideways;
    this.isCut ||= this.#down && clip.down === 'hidden' && isOutDown && !isLeftOut;
    this.#sideways &&= clip.sideways !== 'scrolled' && !isLeftOut;
    this.#down &&= clip.down !== 'scrolled' && !isLeftOut;
    this.seen = shared(this.seen, limit);
  }
}

function drawn(part: Part, clips: Map<Element, Clip>): Drawn {
  const way = new Way(part);
  for (let at = part.within; at !== null; at = at.parentElement) {
    const clip = clips.get(at) ?? clipOf(at);
    clips.set(at, clip);
    way.pass(clip);
    // What is laid out against the window is not cut by what it stands in.
    if (clip.isFixed) break;
  }
  return { box: way.seen, isCut: way.isCut };
}

/** What stays while the rest is scrolled, and what is laid over the whole screen, covers other parts on purpose. */
function layerOf(element: Element, layers: Map<Element, Element>): Element {
  const known = layers.get(element);
  if (known !== undefined) return known;
  const { position } = getComputedStyle(element);
  const isLayer = position === 'fixed' || position === 'sticky' || element.parentElement === null;
  const layer = isLayer || element.parentElement === null ? element : layerOf(element.parentElement, layers);
  layers.set(element, layer);
  return layer;
}

const isOneThing = (a: Element, b: Element): boolean => {
  const whole = a.closest(wholes);
  return a.contains(b) || b.contains(a) || (whole !== null && whole === b.closest(wholes));
};

const pair = (a: Part, b: Part) => [a.name, b.name].toSorted().join(' / ');

function overlaps(parts: readonly Part[]): readonly string[] {
  const layers = new Map<Element, Element>();
  const found = new Set<string>();
  for (const [index, a] of parts.entries())
    for (const b of parts.slice(index + 1))
      if (
        isArea(shared(a.box, b.box)) &&
        !isOneThing(a.element, b.element) &&
        layerOf(a.element, layers) === layerOf(b.element, layers)
      )
        found.add(`over one another: ${pair(a, b)}`);
  return [...found];
}

/** Text in a field that is longer than the field, which scrolls unseen. */
const fullFields = (): readonly string[] =>
  [...document.querySelectorAll('input')]
    .filter((field) => isSeen(field) && field.scrollWidth > field.clientWidth + tolerance && field.title === '')
    .map(({ value, placeholder }) => `cut in its field: ${value || placeholder}`);

/** Every part of the screen that lies over another or of which something can never be seen, in words for a person. */
export function partFaults(): readonly string[] {
  const clips = new Map<Element, Clip>();
  const parts = [...textParts(), ...controlParts()].map((part) => ({ part, ...drawn(part, clips) }));
  // A title tells the whole of what is cut.
  const cut = parts.filter(({ part, isCut }) => isCut && part.element.closest('[title]') === null);
  const seen = parts.filter(({ box }) => isArea(box)).map(({ part, box }) => ({ ...part, box }));
  return [...new Set(cut.map(({ part }) => `cut: ${part.name}`)), ...fullFields(), ...overlaps(seen)];
}
