import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorTable } from '../../../native-bridge/contract/errors.ts';
import { moduleStatus } from '../../../native-bridge/contract/reader-status.ts';
import type { RecordedStatus, SelfTestReport } from '../../../native-bridge/contract/reader.ts';
import { useErrorText } from '../../components/error-text.ts';
import { saveFile } from '../../components/save-file.ts';
import { pairMember } from '../../i18n/language.ts';

const done = 0x90;

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

function useDecoderText({ portraitDecoder }: SelfTestReport): string {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { state, call, library, code } = portraitDecoder;
  if (state !== 'ready') return errorText(code ?? 'portrait.failed');
  const name = [library, call].filter(Boolean).join(' · ');
  return call === 'practice' ? t('selfTest.decoderPractice') : t('selfTest.decoderReady', { name });
}

function Facts({ report }: { readonly report: SelfTestReport }) {
  const { t, i18n } = useTranslation();
  const { samStatus, roundTripMs, baudRate, driver, droppedBytes, badChecks, resends } = report;
  const meaning = samStatus !== undefined && moduleStatus(samStatus)[pairMember(i18n.language)];
  return (
    <dl className="reader-card__facts">
      {samStatus !== undefined && <Fact label={t('selfTest.samStatus')}>{`${hex(samStatus)} ${meaning}`}</Fact>}
      {roundTripMs !== undefined && <Fact label={t('selfTest.roundTrip')}>{`${roundTripMs.toFixed(1)} ms`}</Fact>}
      {baudRate !== undefined && (
        <Fact label={t('selfTest.speed')}>{t('selfTest.speedValue', { baud: baudRate })}</Fact>
      )}
      {driver !== undefined && <Fact label={t('selfTest.driver')}>{driver}</Fact>}
      <Fact label={t('selfTest.line')}>
        {t('selfTest.lineValue', { dropped: droppedBytes, bad: badChecks, resends })}
      </Fact>
      <Fact label={t('selfTest.decoder')}>{useDecoderText(report)}</Fact>
    </dl>
  );
}

function StatusRow({ row }: { readonly row: RecordedStatus }) {
  const { i18n } = useTranslation();
  const member = pairMember(i18n.language);
  const { status, code } = row;
  const meaning = status !== undefined ? moduleStatus(status)[member] : code && errorTable[code][member];
  return (
    <tr>
      <td>{clockTime(row.at, i18n.language)}</td>
      <td>{row.command}</td>
      <td>{status === undefined ? '—' : hex(status)}</td>
      <td>{meaning}</td>
      <td>{`${row.tookMs.toFixed(1)} ms`}</td>
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

/** What one reader said about itself. */
export function SelfTestView({ report }: { readonly report: SelfTestReport }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const isSound = report.code === undefined && report.samStatus === done;
  return (
    <section className="self-test" aria-label={t('selfTest.title')} data-testid="self-test-report" data-sound={isSound}>
      <header>
        <h3 className={isSound ? 'self-test__good' : 'self-test__bad'}>
          {t(isSound ? 'selfTest.passed' : 'selfTest.failed')}
        </h3>
        <span>{report.address}</span>
        <Button onClick={() => save(report)}>{t('devices.export')}</Button>
      </header>
      {report.code !== undefined && <p className="self-test__bad">{errorText(report.code)}</p>}
      <Facts report={report} />
      <Statuses rows={report.statuses} />
      <p className="self-test__privacy">{t('selfTest.privacy')}</p>
    </section>
  );
}
