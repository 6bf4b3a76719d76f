import '../no-evaluation.ts';
import { FakeStation } from '../client/fake-station.ts';
import { drawPortrait } from './drawn-portrait.ts';
import { drawSignature } from './drawn-signature.ts';
import { pageMeasures } from './page-measures.ts';
import { applyScenario } from './scenarios.ts';
import { startPage } from '../start-page.tsx';

/** `?scenario=` names the state that the scripted station begins with. */
async function start(): Promise<void> {
  const name = new URLSearchParams(window.location.search).get('scenario') ?? 'waiting';
  const pictures = {
    card: await drawPortrait(102, 126, 0),
    photo: await drawPortrait(358, 441, 1),
    signature: await drawSignature(),
  };
  const station = new FakeStation(pictures);
  Object.assign(window, { fakeStation: station, pageMeasures });
  applyScenario(station, name);
  await startPage(station);
}

void start();
