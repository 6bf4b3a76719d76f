import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createClient } from '../../native-bridge/rpc/client.ts';
import { fromServerSocket } from '../../native-bridge/rpc/server-socket-channel.ts';
import { AttackedShell } from './attacked-shell.ts';

/** A client of the station behind a running shell, as its page would be one. */
async function clientOf(shell: AttackedShell) {
  const { headers } = await shell.ask(shell.startPath);
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? expect.fail('no cookie');
  const socket = shell.openSocket({ origin: `http://127.0.0.1:${shell.port}`, cookie });
  await once(socket, 'open');
  return createClient(fromServerSocket(socket));
}

// On Windows a signal ends a process at once; both ways are then the same one.
it.each(['SIGTERM', 'SIGKILL'] as const)('an enrolment in work is there again after %s', async (signal) => {
  const shell = await AttackedShell.start();
  const client = await clientOf(shell);
  const read = new Promise<string>((resolve) => {
    client.on('enrolment.changed', ({ enrolment }) => {
      if (enrolment?.draft.card !== undefined) resolve(enrolment.draft.id);
    });
  });
  await client.call('practice.lay', { name: 'adult-male-zhuang' });
  const id = await read;
  await client.call('enrolment.set-fields', { workType: '020', cellPhone: '13900001111' });
  const again = await AttackedShell.start(await shell.end(signal));
  try {
    const { enrolment } = await (await clientOf(again)).call('enrolment.current', {});
    expect(enrolment).toMatchObject({ restored: true, draft: { id, fields: { cellPhone: '13900001111' } } });
  } finally {
    await again.stop();
  }
});
