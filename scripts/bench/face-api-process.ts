/** The library in a process of its own, which times itself. Started by `face-api-peer.ts`. */
import { openPeer } from './face-api.ts';
import type { PeerAnswer, PeerQuestion } from './face-api-peer.ts';

const answer = (message: PeerAnswer): void => void process.send?.(message);

const peer = await openPeer();
process.on('message', (message) => {
  const { first, second } = message as PeerQuestion;
  const startedAt = performance.now();
  peer.verify(first, second).then(
    (distance) => answer({ kind: 'verified', distance, milliseconds: performance.now() - startedAt }),
    (cause: unknown) => answer({ kind: 'failed', problem: String(cause) }),
  );
});
answer({ kind: 'ready' });
