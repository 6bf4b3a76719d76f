import { ipcMain, type IpcMainEvent, type Session, type WebContents } from 'electron';
import { isPageAddress } from './page-address.ts';

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
export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((_page, permission, answer, details) =>
    answer(mayUse(permission, details.requestingUrl, details)),
  );
  session.setPermissionCheckHandler((_page, permission, origin, details) => mayUse(permission, origin, details));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}

interface Navigation {
  readonly url: string;
  preventDefault(): void;
}

/** Leaves a page where it is, unless it stays at home. */
export function keepAtHome(navigation: Navigation): void {
  if (!isPageAddress(navigation.url)) navigation.preventDefault();
}

/** No page leads anywhere else: no navigation, no further windows, no embedded pages. */
export function confine(page: WebContents): void {
  page.on('will-navigate', keepAtHome);
  page.on('will-frame-navigate', keepAtHome);
  page.on('will-redirect', keepAtHome);
  page.on('will-attach-webview', (event) => event.preventDefault());
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Listens to a message without content from our own page; from anybody else it is not heard. */
export function onPageMessage(channel: string, listener: (event: IpcMainEvent) => void): void {
  ipcMain.on(channel, (event) => {
    if (isFromPage(event)) listener(event);
  });
}
