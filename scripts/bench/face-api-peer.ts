import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

export interface PeerQuestion {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
}

export type PeerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'verified'; readonly distance: number; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly problem: string };

export interface PeerProcess {
  /** How long the library takes from two picture files to their distance. Rejects when a picture shows no face to it. */
  verifyMs(first: Uint8Array, second: Uint8Array): Promise<number>;
  close(): void;
}

/**
 * The library in its own process, as whoever uses it would have it: in one process either's memory would be walked
 * through by the collector while the other is measured.
 */
export async function startPeer(): Promise<PeerProcess> {
  const child = fork(join(import.meta.dirname, 'face-api-process.ts'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await nextAnswer(child);
  return {
    verifyMs: async (first, second) => {
      child.send({ first, second } satisfies PeerQuestion);
      const answer = await nextAnswer(child);
      if (answer.kind !== 'verified' || Number.isNaN(answer.distance))
        throw new Error(answer.kind === 'failed' ? answer.problem : 'the library finds no face in a picture');
      return answer.milliseconds;
    },
    close: () => void child.kill(),
  };
}

function nextAnswer(child: ChildProcess): Promise<PeerAnswer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the library’s process ended'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as PeerAnswer);
    });
  });
}
