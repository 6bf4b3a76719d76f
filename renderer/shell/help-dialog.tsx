import { Drawer } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { usePractice } from '../client/use-practice.ts';
import { setPreferences, usePreferences } from '../preferences.ts';

const OperatorGuide = lazy(async () => ({ default: (await import('./operator-guide.tsx')).OperatorGuide }));

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

function Keys() {
  const { t } = useTranslation();
  const keys = [
    [t('help.space'), t('help.tick')],
    ['Enter', t('help.confirm')],
    ['Ctrl + Enter', t('help.seal')],
    ['F2', t('help.team')],
    ['F3', t('help.expected')],
    ['F4', t('help.retake')],
    ['F7', t('help.checks')],
    ['F8', t('help.allTheSame')],
    ['F9', t('help.lock')],
    ['Ctrl + P', t('help.print')],
    ['Esc', t('help.discard')],
    ['1 2', t('help.answer')],
    ['F1', t('help.helpKey')],
  ] as const;
  return (
    <dl className="help-keys">
      {keys.map(([key, text]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{text}</dd>
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
