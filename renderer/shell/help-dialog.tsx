import { Drawer } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { usePractice } from '../client/use-practice.ts';
import { setPreferences, usePreferences } from '../preferences.ts';
import { helpKeys } from './help-keys.ts';

const OperatorGuide = lazy(async () => ({ default: (await import('./operator-guide.tsx')).OperatorGuide }));

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

function Keys() {
  const { t } = useTranslation();
  return (
    <dl className="help-keys">
      {helpKeys.map(([key, text]) => (
        <div key={text}>
          <dt>
            <kbd>{key === 'Space' ? t('help.space') : key}</kbd>
          </dt>
          <dd>{t(text)}</dd>
        </div>
      ))}
    </dl>
  );
}

function CoachAgain() {
  const { t } = useTranslation();
  const { coach } = usePreferences();
  const practice = usePractice();
  if (!practice || coach) return null;
  return (
    <button type="button" className="plain-button" onClick={() => setPreferences({ coach: true })}>
      {t('guide.coachAgain')}
    </button>
  );
}

/** The keys at a glance, and below them the whole guide. */
export function HelpDialog({ open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} title={t('help.title')} size="min(52rem, 92vw)" destroyOnHidden>
      <div className="help" tabIndex={0} data-testid="help">
        <h2>{t('guide.keys')}</h2>
        <Keys />
        <CoachAgain />
        <h2>{t('guide.book')}</h2>
        <Suspense fallback={null}>
          <OperatorGuide />
        </Suspense>
      </div>
    </Drawer>
  );
}
