import { useTranslation } from 'react-i18next';
import type { ChainLink, HistoryRow, RecordHistory } from '../../../native-bridge/contract/record-life.ts';
import { isPerson, useDeedText } from '../../components/deed-text.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { momentText } from '../../components/moment.ts';
import { StateChip } from '../../components/state-chip.tsx';

function Row({ row }: { readonly row: HistoryRow }) {
  const { i18n } = useTranslation();
  const deedText = useDeedText();
  return (
    <li>
      <time>{momentText(row.at, i18n.language)}</time>
      <span>
        {deedText(row.action)}
        {isPerson(row.actor) && <small> · {row.actor}</small>}
        {row.code !== undefined && (
          <small className="record-life__trouble">
            <ErrorSentence code={row.code} />
          </small>
        )}
      </span>
    </li>
  );
}

function Link({ link, isThis }: { readonly link: ChainLink; readonly isThis: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <time>{momentText(link.sealedAt, i18n.language)}</time>
      <span>
        {link.state === undefined ? t('life.erasedLink') : <StateChip state={link.state} />}
        {isThis && <small> {t('life.thisRecord')}</small>}
      </span>
    </li>
  );
}

interface Props {
  readonly id: string;
  readonly history: RecordHistory;
}

function Facts({ history: { withdrawal, picturesErasedAt } }: Pick<Props, 'history'>) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {withdrawal !== undefined && (
        <p data-testid="withdrawal">
          {t('life.withdrawal', { reason: t(`life.withdrawalReasons.${withdrawal.reason}`) })}
          {withdrawal.note !== undefined && ` · ${withdrawal.note}`}
        </p>
      )}
      {picturesErasedAt !== undefined && (
        <p>{t('life.picturesErased', { time: momentText(picturesErasedAt, i18n.language) })}</p>
      )}
    </>
  );
}

/** What became of a record, the newest first, and the records that correct each other. */
export function RecordHistoryView({ id, history }: Props) {
  const { t } = useTranslation();
  const { rows, chain } = history;
  return (
    <section className="record-life" data-testid="record-history">
      <Facts history={history} />
      {chain.length > 1 && (
        <>
          <h3>{t('life.chain')}</h3>
          <ol>
            {chain.map((link) => (
              <Link key={link.id} link={link} isThis={link.id === id} />
            ))}
          </ol>
        </>
      )}
      <h3>{t('life.history')}</h3>
      <ol className="record-life__rows">
        {rows.toReversed().map((row, index) => (
          <Row key={rows.length - index} row={row} />
        ))}
      </ol>
    </section>
  );
}
