import { Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import type { RecordEvent } from '../../../native-bridge/contract/worker-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { BytesImage } from '../../components/bytes-image.tsx';
import { isPerson, useDeedText } from '../../components/deed-text.ts';
import { dayOf, momentText } from '../../components/moment.ts';
import { StateChip } from '../../components/state-chip.tsx';
import { usePrintKey } from '../../print/print-key.tsx';
import { HeldWorkerView } from './held-worker-view.tsx';
import { WorkerLines } from './worker-lines.tsx';
import { WorkerReports } from './worker-reports.tsx';

type Person = Result<'worker.get'>;

interface Opened {
  readonly id: string;
  readonly person: Person;
  readonly portrait: Uint8Array | undefined;
  readonly photo: Uint8Array | undefined;
}

/** The person whose record this is, with both pictures; undefined while it is being asked for. */
function usePerson(id: string | undefined): Opened | undefined {
  const client = useClient();
  const act = useAction();
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    if (id === undefined) return undefined;
    let isCurrent = true;
    void act(async () => {
      const [person, { png }, { jpeg }] = await Promise.all([
        client.call('worker.get', { id }),
        client.call('worker.portrait', { id }),
        client.call('queue.photo', { id }),
      ]);
      if (isCurrent) setOpened({ id, person, portrait: png, photo: jpeg });
    });
    return () => {
      isCurrent = false;
    };
  }, [id, client, act]);
  return opened?.id === id ? opened : undefined;
}

function Pictures({ portrait, photo }: Pick<Opened, 'portrait' | 'photo'>) {
  const { t } = useTranslation();
  const pictures = [
    { name: 'portrait', none: 'noPortrait', bytes: portrait, type: 'image/png' },
    { name: 'photo', none: 'noPhoto', bytes: photo, type: 'image/jpeg' },
  ] as const;
  return (
    <div className="worker__pictures">
      {pictures.map(({ name, none, bytes, type }) => (
        <figure key={name}>
          {bytes === undefined ? (
            <div className="worker__picture worker__picture--none">{t(`workers.${none}`)}</div>
          ) : (
            <BytesImage bytes={bytes} type={type} alt={t(`workers.${name}`)} className="worker__picture" />
          )}
          <figcaption>{t(`workers.${name}`)}</figcaption>
        </figure>
      ))}
    </div>
  );
}

function Records({ records }: { readonly records: readonly RecordSummary[] }) {
  const { t, i18n } = useTranslation();
  return (
    <section className="worker__section">
      <h3>{t('workers.records')}</h3>
      <ul>
        {records.map((record) => (
          <li key={record.id}>
            <time>{momentText(record.sealedAt, i18n.language)}</time>
            <span>{record.teamName}</span>
            <StateChip state={record.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ history }: { readonly history: readonly RecordEvent[] }) {
  const { t, i18n } = useTranslation();
  const deedText = useDeedText();
  return (
    <section className="worker__section">
      <h3>{t('workers.history')}</h3>
      <ol data-testid="worker-history">
        {history.map(({ recordId, at, action, actor }, index) => (
          <li key={`${recordId} ${at} ${index}`}>
            <time>{momentText(at, i18n.language)}</time>
            <span>{deedText(action)}</span>
            <span className="worker__actor">{isPerson(actor) && actor}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function TrainingDue({ since }: { readonly since: string }) {
  const { t, i18n } = useTranslation();
  const date = dayOf(since, i18n.language);
  return (
    <p className="worker__mind" role="status" data-testid="training-due">
      {t('people.trainingDue', { date })}
    </p>
  );
}

interface Props {
  readonly id: string | undefined;
  readonly onClose: () => void;
  readonly onPrint: (id: string) => void;
}

/** One worker: both pictures, what the newest record holds, how the faces compared, and what was done. */
export function WorkerDrawer({ id, onClose, onPrint }: Props) {
  const { t } = useTranslation();
  const opened = usePerson(id);
  const newest = opened?.person.records[0];
  const trainingDueSince = opened?.person.trainingDueSince;
  usePrintKey('cover', newest && (() => onPrint(newest.id)));
  return (
    <Drawer open={id !== undefined} onClose={onClose} title={t('workers.detail')} size="38rem" destroyOnHidden>
      {opened && newest && (
        <div className="worker" data-testid="worker-detail">
          <div className="worker__head">
            <strong>{newest.name}</strong>
            <StateChip state={newest.state} />
            <button
              type="button"
              className="plain-button worker__print"
              onClick={() => onPrint(newest.id)}
              data-testid="worker-print"
            >
              {t('print.open')}
            </button>
          </div>
          {trainingDueSince !== undefined && <TrainingDue since={trainingDueSince} />}
          <Pictures portrait={opened.portrait} photo={opened.photo} />
          <WorkerLines record={newest} detail={opened.person.detail} />
          <WorkerReports record={newest} />
          <HeldWorkerView record={newest} />
          <Records records={opened.person.records} />
          <History history={opened.person.history} />
        </div>
      )}
    </Drawer>
  );
}
