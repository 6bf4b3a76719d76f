/**
 * Which part of the project may know which. Relative imports carry their extension, so the layers on both sides of an
 * import can be read off two paths alone. Paths here are relative to the project's folder, with forward slashes.
 */

const bridge = 'native-bridge/';
const peers = ['reader', 'face', 'store', 'platform', 'capture', 'practice', 'spreadsheet'];
/**
 * Connectors and the reference server must be able to contradict each other, so they share nothing but the interface.
 * What is no matter of the wire form (HTTP, masking, dialect files) the two connectors have in common in `driver`.
 */
const platformParts = ['national', 'cwr', 'sandbox', 'driver'];
const connectorParts = ['national', 'cwr'];
/** The practice reader and the reference server are products of their own and bring what they need. */
const pictureUsers = ['reader', 'face', 'capture'];
const free = 'anywhere';

/** Packages that exist only on Node's side; the page can have none of them. */
const nodeOnly =
  /^(node:.*|electron|ws|better-sqlite3.*|onnxruntime-node|serialport|sharp|usb|node-hid|pcsc-mini|koffi)$/;

const isTest = (path) => /\.test\.tsx?$/.test(path);

/** The layer that a file belongs to, named after its folder. */
function layerOf(path) {
  if (path.startsWith('electron/browser-shell/')) return 'browser-shell';
  for (const layer of ['electron', 'renderer', 'assets']) if (path.startsWith(`${layer}/`)) return layer;
  if (!path.startsWith(bridge)) return free;
  const [folder, rest] = path.slice(bridge.length).split('/');
  return rest === undefined ? 'station' : folder;
}

function platformPartOf(path) {
  const part = path.slice(`${bridge}platform/`.length).split('/')[0];
  return platformParts.includes(part) ? part : undefined;
}

const picturesOf = (peer) => (pictureUsers.includes(peer) ? ['pictures'] : []);

/** Layers of the bridge that a layer may import besides itself; `types` only as `import type`. */
const allowed = {
  contract: { values: [], types: [] },
  rpc: { values: ['contract'], types: [] },
  pictures: { values: [], types: [] },
  ...Object.fromEntries(
    peers.map((peer) => [peer, { values: ['contract', 'assets', ...picturesOf(peer)], types: [] }]),
  ),
  enrolment: { values: ['contract', 'assets'], types: peers.filter((peer) => peer !== 'practice') },
  diagnostics: { values: ['contract'], types: [...peers, 'enrolment'] },
  station: { values: ['contract', 'rpc', 'enrolment', 'diagnostics', 'pictures', 'assets', ...peers], types: [] },
  renderer: { values: ['contract', 'rpc', 'assets'], types: [] },
  electron: { values: ['contract', 'rpc'], types: [] },
  'browser-shell': { values: ['contract', 'rpc', 'electron'], types: [] },
};

const bridgeLayers = [...allowed.station.values, 'station'];

/** A test of the bridge may put any parts of the bridge together, but not reach into a shell or the page. */
const rulesFor = (path, layer) =>
  isTest(path) && bridgeLayers.includes(layer) ? { values: bridgeLayers, types: [] } : allowed[layer];

/** The shells' own places where the key of the store is read; the key file's format is the store's. */
const isKeyReader = (path) => path.startsWith('electron/browser-shell/') || path === 'electron/secrets.ts';

/** Single files that a layer may import although the rest of their folder is closed to it. */
const isOpenFile = (from, layer, to, typesOnly) =>
  (isKeyReader(from) && to === `${bridge}store/data-key.ts`) ||
  (layer === 'capture' && to === `${bridge}face/types.ts` && typesOnly);

function isAllowedAcross(from, to, typesOnly) {
  const [own, other] = [layerOf(from), layerOf(to)];
  const { values, types } = rulesFor(from, own);
  return values.includes(other) || (typesOnly && types.includes(other)) || isOpenFile(from, own, to, typesOnly);
}

function isAllowedInside(from, to) {
  if (layerOf(from) !== 'platform' || isTest(from)) return true;
  const [own, other] = [platformPartOf(from), platformPartOf(to)];
  const sharesDriver = other === 'driver' && connectorParts.includes(own);
  return own === undefined || other === undefined || own === other || sharesDriver;
}

/** Why one file of the project may not import another one; `undefined` when it may. */
export function fileViolation(from, to, typesOnly) {
  const [own, other] = [layerOf(from), layerOf(to)];
  if (own === free) return undefined;
  if (own === other) {
    return isAllowedInside(from, to)
      ? undefined
      : `${platformPartOf(from)} must not import ${platformPartOf(to)}: ${to}`;
  }
  return isAllowedAcross(from, to, typesOnly) ? undefined : `${own} must not import ${other}: ${to}`;
}

/** Why a file may not import a package; `undefined` when it may. */
export function packageViolation(from, name) {
  const own = layerOf(from);
  if (own === free || isTest(from)) return undefined;
  if (own === 'contract' && name !== 'zod') return `contract imports only zod: ${name}`;
  if (own === 'renderer' && nodeOnly.test(name)) return `the page has no ${name}`;
  if (name === 'electron' && own !== 'electron') return `${own} must run without Electron`;
  return undefined;
}
