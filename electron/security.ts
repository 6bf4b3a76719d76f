import { ipcMain, type IpcMainEvent, type RenderProcessGoneDetails, type Session, type WebContents } from 'electron';
import { isPageAddress } from './page-address.ts';

/** For the shell's log: what happened, without personal data. */
type Log = (line: string) => void;

/** What a message from a page must tell about its sender, and what a permission is asked with. */
interface Sender {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

interface PermissionDetails {
  readonly isMainFrame: boolean;
  readonly requestingUrl?: string;
  readonly mediaType?: string;
  readonly mediaTypes?: readonly string[];
}

/** A message counts only from the top frame of our own page. */
export const isFromPage = ({ senderFrame }: Sender): boolean =>
  senderFrame !== null && !senderFrame.parent && isPageAddress(senderFrame.url);

const isVideoOnly = ({ mediaType, mediaTypes }: PermissionDetails) =>
  mediaTypes === undefined
    ? mediaType === 'video'
    : mediaTypes.length > 0 && mediaTypes.every((type) => type === 'video');

/** The camera, for our own page. Everything else that a page can ask for is refused. */
export function mayUse(permission: string, origin: string, details: PermissionDetails): boolean {
  return permission === 'media' && details.isMainFrame && isPageAddress(origin) && isVideoOnly(details);
}

/** Asked and merely checked permissions alike; without both handlers Electron grants what it is asked for. */
function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((_page, permission, answer, details) =>
    answer(mayUse(permission, details.requestingUrl, details)),
  );
  session.setPermissionCheckHandler((_page, permission, origin, details) => mayUse(permission, origin, details));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}

/** What a page may load: itself, and what it made in its own memory. `devtools:` exists in the project's folder only. */
export const isOwnRequest = (url: string): boolean => isPageAddress(url) || /^(?:blob|data|devtools):/.test(url);

/** Not one request of the page leaves the machine, whatever the page's policy would let through. */
function restrictRequests(session: Session, log: Log): void {
  session.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    const cancel = !isOwnRequest(url);
    if (cancel) log(`window: a request for ${resourceType} left the program and was stopped`);
    answer({ cancel });
  });
}

/** Kinds of file that a screen offers to keep. None of them is run when it is opened. */
const keptFiles = /\.(?:json|xlsx|csv|pdf|png|jpe?g|zip|txt)$/i;

/** A file that our own page made and named, to be kept where the operator says. */
export const mayKeep = (url: string, name: string): boolean =>
  url.startsWith('blob:') && isPageAddress(url.slice('blob:'.length)) && keptFiles.test(name);

/** Downloads are files that the page made itself; the system's own dialog asks where to put each. */
function restrictDownloads(session: Session, log: Log): void {
  session.on('will-download', (event, item) => {
    if (mayKeep(item.getURL(), item.getFilename())) return item.setSaveDialogOptions({ showsTagField: false });
    event.preventDefault();
    log('window: a download was stopped');
  });
}

/** Everything that the one session lets pages do. */
export function restrictSession(session: Session, log: Log): void {
  restrictPermissions(session);
  restrictRequests(session, log);
  restrictDownloads(session, log);
}

interface Navigation {
  readonly url: string;
  preventDefault(): void;
}

/** Leaves a page where it is, unless it stays at home. */
export function keepAtHome(navigation: Navigation): void {
  if (!isPageAddress(navigation.url)) navigation.preventDefault();
}

/** No page leads anywhere else: no navigation, no further windows, no embedded pages. A crashed one is loaded anew. */
export function confine(page: WebContents, log: Log): void {
  page.on('will-navigate', keepAtHome);
  page.on('will-frame-navigate', keepAtHome);
  page.on('will-redirect', keepAtHome);
  page.on('will-attach-webview', (event) => event.preventDefault());
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
  page.on('render-process-gone', reviver(page, log));
}

const mostRevivals = 3;

/** What the operator typed is in the draft, so a page that broke can begin again; one that keeps breaking stays still. */
function reviver(page: Pick<WebContents, 'reload' | 'isDestroyed'>, log: Log) {
  let revivals = 0;
  return (_event: unknown, { reason }: RenderProcessGoneDetails): void => {
    log(`window: the page is gone, ${reason}`);
    if (reason === 'clean-exit' || page.isDestroyed() || revivals++ >= mostRevivals) return;
    page.reload();
  };
}

/** Listens to a message without content from our own page; from anybody else it is not heard. */
export function onPageMessage(channel: string, listener: (event: IpcMainEvent) => void): void {
  ipcMain.on(channel, (event) => {
    if (isFromPage(event)) listener(event);
  });
}
