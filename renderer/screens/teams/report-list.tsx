import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { ReportSummary } from '../../../native-bridge/contract/report.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { useErrorLine } from '../../components/error-text.ts';
import { dayText, momentText } from '../../components/moment.ts';
import { StateChip } from '../../components/state-chip.tsx';
import '../queue/queue.css';
import { maySendNow, mayWithdraw, reportStepOf } from './report-step.ts';

const contentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('entry-exit'), date: z.string(), type: z.int() }),
  z.object({ kind: z.literal('contract'), startDate: z.string(), endDate: z.string() }),
  z.object({
    kind: z.literal('training'),
    trainingDate: z.string(),
    trainingName: z.string(),
    trainingDuration: z.number(),
  }),
]);

/** What a report says, in a name and a line. */
function useContent({ kind, content }: ReportSummary): { readonly name: string; readonly line: string } {
  const { t, i18n } = useTranslation();
  const day = (date: string) => dayText(date, i18n.language);
  const said = contentSchema.safeParse(content).data;
  switch (said?.kind) {
    case 'entry-exit':
      return { name: t(`reports.kind.${said.type === 1 ? 'entry' : 'exit'}`), line: day(said.date) };
    case 'contract': {
      const { startDate: from, endDate: to } = said;
      return { name: t('reports.kind.contract'), line: t('reports.contractContent', { from: day(from), to: day(to) }) };
    }
    case 'training': {
      const { trainingName: name, trainingDate, trainingDuration: hours } = said;
      const line = t('reports.trainingContent', { name, date: day(trainingDate), hours });
      return { name: t('reports.kind.training'), line };
    }
    default:
      return { name: kind, line: '' };
  }
}

function Step({ report }: { readonly report: ReportSummary }) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const { platformText, error, state } = report;
  const next = reportStepOf(report);
  const isOpen = state === 'sealed' || state === 'needs-attention';
  const trouble = platformText === undefined && isOpen && !report.waitsForWorker ? error : undefined;
  return (
    <div className={`next-step next-step--${state}`} data-testid="report-step">
      {platformText !== undefined && <q title={error && errorLine(error.code)}>{platformText}</q>}
      {trouble !== undefined && (
        <span className="next-step__trouble">
          <ErrorSentence code={trouble.code} />
        </span>
      )}
      <span className="next-step__do">
        {next.area === 'reports' ? t(`reports.step.${next.step}`) : t(`nextStep.${next.step}`)}
      </span>
    </div>
  );
}

function Deeds({ report }: { readonly report: ReportSummary }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const { id } = report;
  const withdraw = () =>
    act(async () => {
      await client.call('report.withdraw', { id });
      void message.success(t('reports.withdrawn'));
    });
  const send = () => act(() => client.call('report.retry', { id }));
  return (
    <div className="report__deeds">
      {maySendNow(report) && (
        <button type="button" className="plain-button" onClick={() => void send()} data-testid="report-retry">
          {t('reports.retry')}
        </button>
      )}
      {mayWithdraw(report) && (
        <button type="button" className="plain-button" onClick={() => void withdraw()} data-testid="report-withdraw">
          {t('reports.withdraw')}
        </button>
      )}
    </div>
  );
}

function ReportRow({ report, narrow }: { readonly report: ReportSummary; readonly narrow: boolean }) {
  const { t, i18n } = useTranslation();
  const { name, line } = useContent(report);
  const { who, people, madeAt, state } = report;
  const names = who.map((person) => person.name).join('、');
  return (
    <li className="report" data-testid="report" data-state={state}>
      <strong>{name}</strong>
      <div className="report__what">
        {!narrow && (
          <span title={names}>
            {names} {people > who.length && t('reports.more', { count: people })}
          </span>
        )}
        <span title={line}>{line}</span>
      </div>
      <div className="report__state">
        <StateChip state={state} />
        <time>{momentText(madeAt, i18n.language)}</time>
      </div>
      <Step report={report} />
      <Deeds report={report} />
    </li>
  );
}

interface Props {
  readonly reports: readonly ReportSummary[];
  /** Beside a worker: whose it is goes without saying. */
  readonly narrow?: boolean;
}

/** What was reported with its state, the platform's words and the next step. */
export function ReportList({ reports, narrow = false }: Props) {
  return (
    <ol className={narrow ? 'report-list report-list--narrow' : 'report-list'}>
      {reports.map((report) => (
        <ReportRow key={report.id} report={report} narrow={narrow} />
      ))}
    </ol>
  );
}
