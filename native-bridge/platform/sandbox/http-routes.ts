import type { IncomingMessage, ServerResponse } from 'node:http';
import { DEVICE_PATH, serveDevice } from './cwr/device-route.ts';
import { faultsPatchSchema, type FaultBoard } from './faults.ts';
import { readJsonObject } from './json.ts';
import { serveOpenApi } from './open-api-route.ts';
import { PAGE_STYLE } from './page-style.ts';
import { renderPage } from './page.ts';
import type { ReferencePlatform } from './reference-platform.ts';
import { hasMediaType, readBody } from './request-body.ts';
import type { KeptPicture } from './state.ts';
import { publicState } from './views.ts';

export interface Site {
  readonly platform: ReferencePlatform;
  readonly faults: FaultBoard;
  /** `http://127.0.0.1:<port>` */
  readonly origin: () => string;
}

const PHOTO = /^\/photo\/([0-9a-f]{64})\.(jpg|png)$/;
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
  response.end(body);
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** Refuses names other than this machine's own, so that no web page can reach the sandbox under a name of its own. */
function isLocalHost({ headers }: IncomingMessage): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? '');
}

async function sendPage({ platform, faults, origin }: Site, response: ServerResponse): Promise<void> {
  await platform.settle();
  const { accounts, deviceAccounts, now } = platform.settings;
  const content = {
    apiUrl: `${origin()}/open.api`,
    deviceUrl: `${origin()}${DEVICE_PATH}`,
    accounts,
    deviceAccounts,
    state: platform.state,
    faults: faults.current(),
    now: now(),
  };
  send(response, 200, 'text/html; charset=utf-8', renderPage(content));
}

async function sendState({ platform, faults }: Site, response: ServerResponse): Promise<void> {
  await platform.settle();
  sendJson(response, 200, publicState(platform.state, faults.current()));
}

function pictureIn(path: string): KeptPicture | undefined {
  const match = PHOTO.exec(path);
  return match?.[1] === undefined ? undefined : { sha256: match[1], type: match[2] === 'png' ? 'png' : 'jpg' };
}

function sendPhoto({ platform }: Site, path: string, response: ServerResponse): void {
  const picture = pictureIn(path);
  const bytes = picture && platform.shelf.get(picture);
  if (!picture || !bytes) return send(response, 404, 'text/plain; charset=utf-8', 'not found');
  send(response, 200, picture.type === 'png' ? 'image/png' : 'image/jpeg', bytes);
}

// A JSON content type cannot be sent across origins without being asked for first, which this server never grants.
async function changeFaults({ faults }: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!hasMediaType(request, 'application/json'))
    return sendJson(response, 415, { error: 'application/json expected' });
  const body = await readBody(request);
  const wanted = body.ok ? readJsonObject(body.value) : undefined;
  const patch = faultsPatchSchema.safeParse(wanted);
  if (!wanted || !patch.success) return sendJson(response, 400, { error: 'unknown or wrong fault switches' });
  faults.set(Object.fromEntries(Object.entries(patch.data).filter(([name]) => name in wanted)));
  sendJson(response, 200, faults.current());
}

function clearFaults({ faults }: Site, response: ServerResponse): void {
  faults.clear();
  sendJson(response, 200, faults.current());
}

/** Serves one request to any path. */
export async function serve(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  // Clients compare their clock with this header, so it has to tell the platform's time.
  response.setHeader('Date', new Date(site.platform.settings.now()).toUTCString());
  if (!isLocalHost(request)) return send(response, 421, 'text/plain; charset=utf-8', 'unknown host');
  if (path.startsWith(DEVICE_PATH)) return serveDevice(site.platform, site.faults, request, response);
  if (path === '/open.api') return serveOpenApi(site.platform, site.faults, request, response);
  switch (`${request.method} ${path}`) {
    case 'GET /':
      return sendPage(site, response);
    case 'GET /page.css':
      return send(response, 200, 'text/css; charset=utf-8', PAGE_STYLE);
    case 'GET /control/state':
      return sendState(site, response);
    case 'GET /control/faults':
      return sendJson(response, 200, site.faults.current());
    case 'POST /control/faults':
      return changeFaults(site, request, response);
    case 'DELETE /control/faults':
      return clearFaults(site, response);
    default:
      return sendPhoto(site, request.method === 'GET' ? path : '', response);
  }
}
