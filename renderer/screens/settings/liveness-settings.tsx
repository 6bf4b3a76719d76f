import { Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LivenessMode, livenessModeSchema } from '../../../native-bridge/contract/liveness.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** How liveness is looked at in the connected project. */
export function LivenessSettings() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [mode, setMode] = useState<LivenessMode>();
  useEffect(() => void act(async () => setMode((await client.call('liveness.mode', {})).mode)), [client, act]);
  const choose = (chosen: LivenessMode) =>
    act(async () => setMode((await client.call('liveness.set-mode', { mode: chosen })).mode));
  return (
    <section className="settings__section" data-testid="liveness-settings">
      <h2>{t('livenessSettings.title')}</h2>
      <p>{t('livenessSettings.text')}</p>
      {mode && (
        <>
          <Segmented<LivenessMode>
            block
            value={mode}
            onChange={(chosen) => void choose(chosen)}
            aria-label={t('livenessSettings.title')}
            options={livenessModeSchema.options.map((value) => ({ value, label: t(`livenessSettings.mode.${value}`) }))}
          />
          <p className="settings__mode-text" data-testid="liveness-mode-text">
            {t(`livenessSettings.modeText.${mode}`)}
          </p>
        </>
      )}
    </section>
  );
}
