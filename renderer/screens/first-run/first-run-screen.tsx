import { useTranslation } from 'react-i18next';
import type { FirstRunStep } from '../../../native-bridge/contract/first-run.ts';
import { CheckIcon } from '../../components/icons.tsx';
import { AccountStep } from './account-step.tsx';
import { CameraStep } from './camera-step.tsx';
import './first-run.css';
import { LanguageStep } from './language-step.tsx';
import { ProjectStep } from './project-step.tsx';
import { ReaderStep } from './reader-step.tsx';
import { RecoveryKeyStep } from './recovery-key-step.tsx';
import { useFirstRunWay } from './use-first-run.ts';

/** As they are counted to the operator: the recovery key belongs to the administrator. */
const shown = ['language', 'account', 'reader', 'camera', 'project'] as const;

const sheets = {
  language: LanguageStep,
  account: AccountStep,
  'recovery-key': RecoveryKeyStep,
  reader: ReaderStep,
  camera: CameraStep,
  project: ProjectStep,
} as const;

function Rail({ now }: { readonly now: number }) {
  const { t } = useTranslation();
  return (
    <ol className="first-run__rail">
      {shown.map((name, place) => (
        <li key={name} aria-current={place === now ? 'step' : undefined} data-done={place < now}>
          <span aria-hidden="true">{place < now ? <CheckIcon /> : place + 1}</span>
          {t(`firstRun.rail.${name}`)}
        </li>
      ))}
    </ol>
  );
}

/** Leads through the setting up of a new station, one thing at a time; where it is, the station keeps. */
export function FirstRunScreen({ step }: { readonly step: FirstRunStep }) {
  const { t } = useTranslation();
  const way = useFirstRunWay(step);
  const now = shown.findIndex((name) => name === (step === 'recovery-key' ? 'account' : step));
  const Sheet = sheets[step];
  return (
    <main className="first-run" data-testid="first-run" data-step={step}>
      <header className="first-run__head">
        <p>
          {t('app.title')} · {t(way.isAgain ? 'firstRun.again.title' : 'firstRun.title')}
        </p>
        <button type="button" className="plain-button" onClick={way.finish} data-testid="first-run-leave">
          {t(way.isAgain ? 'firstRun.again.leave' : 'firstRun.leave')}
        </button>
      </header>
      <aside className="first-run__steps">
        <p className="first-run__place">{t('firstRun.place', { place: now + 1, all: shown.length })}</p>
        <Rail now={now} />
      </aside>
      <Sheet key={step} way={way} />
    </main>
  );
}
