import { ipcRenderer } from 'electron';

/*
 * The only thing between the page and the main process: it hands the page a port to the station. The page gets no
 * function of ours and none of Electron's.
 *
 * The page posts `{ kind: 'station-port-please' }` to its own window (target `location.origin`). This script, which sees
 * the same window from its isolated world, asks the main process, and posts `{ kind: 'station-port' }` back with the port
 * in `event.ports[0]`. A port cannot go through `contextBridge`, but it can be transferred with a window message. The page
 * asks again when its port has closed, which is when the bridge was restarted.
 */

const isRequest = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'station-port-please';

window.addEventListener('message', (event) => {
  if (event.source === window && isRequest(event.data)) ipcRenderer.send('station-port');
});

ipcRenderer.on('station-port', ({ ports }) => {
  window.postMessage({ kind: 'station-port' }, window.location.origin, [...ports]);
});
