import { createRoot } from 'react-dom/client';
import type { StationClient } from '../native-bridge/contract/client.ts';
import { camera } from './camera/camera.ts';
import { App } from './app.tsx';
import { StationProvider } from './client/station-context.tsx';
import { StationState } from './client/station-state.ts';
import { applyLanguage, startLanguage } from './i18n/language.ts';
import { onPreferences, preferences } from './preferences.ts';

function applyPreferences(): void {
  const { language, largeText } = preferences();
  applyLanguage(language);
  document.documentElement.dataset['text'] = largeText ? 'large' : 'normal';
}

/** Shows the screens of a station in the page. */
export async function startPage(client: StationClient): Promise<void> {
  camera.follow(client);
  await startLanguage(preferences().language);
  applyPreferences();
  onPreferences(applyPreferences);
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <StationProvider station={new StationState(client)}>
      <App />
    </StationProvider>,
  );
}
