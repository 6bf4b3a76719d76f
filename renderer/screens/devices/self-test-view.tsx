import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moduleStatus } from '../../../native-bridge/contract/reader-status.ts';
import type { RecordedStatus, SelfTestReport, SelfTestStep } from '../../../native-bridge/contract/reader.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { useErrorLine } from '../../components/error-text.ts';
import { saveFile } from '../../components/save-file.ts';
import { pairMember } from '../../i18n/language.ts';
import { selfTestOutcome } from './self-test-outcome.ts';
import { type ShownStep, StepList, StepProgress } from './step-list.tsx';

const hex = (status: number) => status.toString(16).padStart(2, '0').toUpperCase();

/** Seconds matter here, as the answers follow each other within one. */
const clockTime = (instant: string, language: string) =>
  new Date(instant).toLocaleTimeString(language, { hour12: false, timeZone: 'Asia/Shanghai' });

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What the steps do not say already. */
function Facts({ report }: { readonly report: SelfTestReport }) {
  const { t } = useTranslation();
  const { baudRate, driver, droppedBytes, badChecks, resends } = report;
  return (
    <dl className="reader-card__facts">
      {baudRate !== undefined && (
        <Fact label={t('selfTest.speed')}>{t('selfTest.speedValue', { baud: baudRate })}</Fact>
      )}
      {driver !== undefined && <Fact label={t('selfTest.driver')}>{driver}</Fact>}
      <Fact label={t('selfTest.line')}>
        {t('selfTest.lineValue', { dropped: droppedBytes, bad: badChecks, resends })}
      </Fact>
    </dl>
  );
}

function StatusRow({ row }: { readonly row: RecordedStatus }) {
  const { t, i18n } = useTranslation();
  const { status, code } = row;
  return (
    <tr>
      <td>{clockTime(row.at, i18n.language)}</td>
      <td>{t(`selfTest.commandName.${row.command}`, row.command)}</td>
      <td>{status === undefined ? '—' : hex(status)}</td>
      <td>
        {status !== undefined ? moduleStatus(status)[pairMember(i18n.language)] : code && <ErrorSentence code={code} />}
      </td>
      <td>{t('selfTest.milliseconds', { value: row.tookMs.toFixed(1) })}</td>
    </tr>
  );
}

function Statuses({ rows }: { readonly rows: readonly RecordedStatus[] }) {
  const { t } = useTranslation();
  return (
    <table className="self-test__statuses">
      <caption>{t('selfTest.statuses')}</caption>
      <thead>
        <tr>
          <th>{t('selfTest.time')}</th>
          <th>{t('selfTest.command')}</th>
          <th>{t('selfTest.status')}</th>
          <th>{t('selfTest.meaning')}</th>
          <th>{t('selfTest.took')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.toReversed().map((row, index) => (
          <StatusRow key={index} row={row} />
        ))}
      </tbody>
    </table>
  );
}

/** Saves the report as a file. It holds nothing about any person, so that it can go to a maker or to support. */
function save(report: SelfTestReport): void {
  const name = `reader-self-test-${report.at.replaceAll(/[:.]/g, '-')}.json`;
  saveFile(name, new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }));
}

/** What a step found, in words. */
function useStepReason(): (step: SelfTestStep) => string | undefined {
  const { t, i18n } = useTranslation();
  const errorLine = useErrorLine();
  return ({ step, state, value, code }) => {
    if (code !== undefined) return errorLine(code);
    if (value === undefined) return undefined;
    if (step === 'status') return `${value} ${moduleStatus(Number.parseInt(value, 16))[pairMember(i18n.language)]}`;
    if (step === 'round-trip')
      return state === 'running' ? t('selfTest.answers', { count: value }) : t('selfTest.milliseconds', { value });
    return value === 'practice' ? t('selfTest.decoderPractice') : value;
  };
}

function useShownSteps(): (steps: readonly SelfTestStep[]) => readonly ShownStep[] {
  const { t } = useTranslation();
  const reasonOf = useStepReason();
  return (steps) =>
    steps.map((step) => ({
      name: step.step,
      number: step.number,
      title: t(`selfTest.step.${step.step}`),
      state: step.state,
      stateText: t(`steps.state.${step.state}`),
      reason: reasonOf(step),
    }));
}

interface RunningProps {
  readonly steps: readonly SelfTestStep[];
  readonly address: string;
  readonly isEnding: boolean;
  readonly onCancel: () => void;
}

/** The steps of a test while they are taken. */
export function SelfTestRunning({ steps, address, isEnding, onCancel }: RunningProps) {
  const { t } = useTranslation();
  const shownSteps = useShownSteps();
  const done = steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
  const number = Math.min(done + 1, steps.length);
  return (
    <section className="self-test" aria-label={t('selfTest.running')} data-testid="self-test-running">
      <header>
        <h3>{t('selfTest.running')}</h3>
        <span>{address}</span>
      </header>
      <StepProgress number={number} total={steps.length} onCancel={onCancel} isEnding={isEnding} />
      <StepList steps={shownSteps(steps)} mark="self-test-step" />
    </section>
  );
}

const tones = {
  passed: 'self-test__good',
  'without-portraits': 'self-test__mind',
  failed: 'self-test__bad',
  cancelled: 'self-test__mind',
} as const;

/** What one reader said about itself. */
export function SelfTestView({ report }: { readonly report: SelfTestReport }) {
  const { t } = useTranslation();
  const shownSteps = useShownSteps();
  const outcome = selfTestOutcome(report);
  return (
    <section
      className="self-test"
      aria-label={t('selfTest.title')}
      data-testid="self-test-report"
      data-sound={outcome === 'passed' || outcome === 'without-portraits'}
    >
      <header>
        <h3 className={tones[outcome]}>{t(`selfTest.${outcome}`)}</h3>
        <span>{report.address}</span>
        <Button onClick={() => save(report)}>{t('devices.export')}</Button>
      </header>
      {report.code !== undefined && (
        <p className="self-test__bad">
          <ErrorSentence code={report.code} />
        </p>
      )}
      <StepList steps={shownSteps(report.steps)} mark="self-test-step" />
      <Facts report={report} />
      <Statuses rows={report.statuses} />
      <p className="self-test__privacy">{t('selfTest.privacy')}</p>
    </section>
  );
}
