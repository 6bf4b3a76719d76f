import { Modal } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paper, PrintedWorker } from '../../native-bridge/contract/print-calls.ts';
import { useClient } from '../client/station-context.tsx';
import { useAction } from '../components/action.ts';
import { ErrorSentence } from '../components/error-sentence.tsx';
import { pairMember } from '../i18n/language.ts';
import { Printing } from './paper.tsx';
import { acceptedText, type PaperContent, usePages } from './papers.tsx';
import { PaperChoice, WholeNumbers } from './print-choices.tsx';
import './print-dialog.css';
import { usePrintKey } from './print-key.tsx';
import { PrintPreview } from './print-preview.tsx';
import { usePictures } from './use-pictures.ts';
import { usePrintOrder } from './use-print-order.ts';

const nobody: readonly string[] = [];

/** The photos taken and the signatures given; the latter are asked for only once a notice is to be printed. */
function useWorkerPictures(workers: readonly PrintedWorker[], paper: Paper) {
  const client = useClient();
  const ids = useMemo(() => workers.map(({ id }) => id), [workers]);
  const photo = useCallback(async (id: string) => (await client.call('queue.photo', { id })).jpeg, [client]);
  const signature = useCallback(async (id: string) => (await client.call('worker.signature', { id })).png, [client]);
  const isNotice = paper === 'consents';
  const photos = usePictures(ids, photo);
  const signatures = usePictures(isNotice ? ids : nobody, signature);
  return { photos, signatures, done: isNotice ? signatures.done : photos.done };
}

/** Whole numbers while they are wanted on the register. */
function useWholeNumbers(workers: readonly PrintedWorker[]) {
  const client = useClient();
  const act = useAction();
  const [numbers, setNumbers] = useState<ReadonlyMap<string, string>>();
  const want = (on: boolean) => {
    if (!on) return setNumbers(undefined);
    void act(async () => {
      const told = await client.call('worker.sheet-numbers', { ids: workers.map(({ id }) => id) });
      setNumbers(new Map(told.workers.map(({ id, number }) => [id, number])));
    });
  };
  return { numbers, want };
}

interface NotesProps {
  readonly paper: Paper;
  readonly content: PaperContent;
  readonly asked: number;
  readonly done: number;
}

/** What will not be on the paper, said before it is printed. */
function Notes({ paper, content: { workers, photos }, asked, done }: NotesProps) {
  const { t, i18n } = useTranslation();
  const language = pairMember(i18n.language);
  const isNotice = paper === 'consents';
  const counts = {
    missing: asked - workers.length,
    withoutPhoto: isNotice || done < workers.length ? 0 : workers.length - photos.size,
    withoutText: isNotice ? workers.filter((worker) => acceptedText(worker, language) === undefined).length : 0,
    unsigned: isNotice ? workers.filter(({ consent }) => !consent.isSigned).length : 0,
  };
  const names = (['missing', 'withoutPhoto', 'withoutText', 'unsigned'] as const).filter((name) => counts[name] > 0);
  return (
    <ul className="print__notes">
      {names.map((name) => (
        <li key={name}>{t(`print.${name}`, { count: counts[name] })}</li>
      ))}
    </ul>
  );
}

function Order({ workers, asked }: { readonly workers: readonly PrintedWorker[]; readonly asked: number }) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [paper, setPaper] = useState<Paper>('badges');
  const [printing, setPrinting] = useState(false);
  const { numbers, want } = useWholeNumbers(workers);
  const { photos, signatures, done } = useWorkerPictures(workers, paper);
  const content = { workers, photos: photos.urls, signatures: signatures.urls, numbers };
  const pages = usePages(paper, content);
  const all = workers.length;
  const print = () =>
    act(async () => {
      const wholeNumbers = paper === 'register' && numbers !== undefined;
      const count = paper === 'consents' ? pages.length : all;
      await client.call('worker.note-printing', { paper, count, wholeNumbers });
      setPrinting(true);
    });
  const isReady = done === all && pages.length > 0 && !printing;
  usePrintKey('cover', () => isReady && void print());
  return (
    <div className="print">
      <div className="print__choices">
        <PaperChoice paper={paper} onPaper={setPaper} />
        {paper === 'register' && <WholeNumbers on={numbers !== undefined} onChange={want} />}
        <p className="print__sum" role="status" data-testid="print-sum">
          {done < all ? t('print.pictures', { done, all }) : t('print.sum', { people: all, pages: pages.length })}
        </p>
        <Notes paper={paper} content={content} asked={asked} done={done} />
        <button
          type="button"
          className="plain-button plain-button--main print__go"
          disabled={!isReady}
          onClick={() => void print()}
          data-testid="print-go"
        >
          {t('print.print')}
        </button>
        <p className="print__pdf">{t('print.pdf')}</p>
      </div>
      {pages.length > 0 && <PrintPreview key={paper} pages={pages} />}
      {printing && <Printing onDone={() => setPrinting(false)}>{pages}</Printing>}
    </div>
  );
}

function Ordered({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  const order = usePrintOrder(ids, round);
  if (order.state === 'ready' && order.workers.length > 0) return <Order workers={order.workers} asked={ids.length} />;
  return (
    <div
      className="print__none"
      role={order.state === 'failed' ? 'alert' : 'status'}
      data-testid={`print-${order.state}`}
    >
      {order.state === 'loading' && t('print.loading')}
      {order.state === 'ready' && t('print.nobody')}
      {order.state === 'failed' && (
        <>
          <strong>{t('print.failed')}</strong>
          <span>
            <ErrorSentence code={order.code} />
          </span>
          <button type="button" className="plain-button" onClick={() => setRound(round + 1)}>
            {t('workers.reload')}
          </button>
        </>
      )}
    </div>
  );
}

interface Props {
  /** Stays the same array while the dialog is open. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Badges, the register or the notices of these workers: chosen, looked at, printed by the system's dialog. */
export function PrintDialog({ ids, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('print.title')}
      footer={null}
      width="auto"
      centered
      className="print-dialog"
    >
      <Ordered ids={ids} />
    </Modal>
  );
}
