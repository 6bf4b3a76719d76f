import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paper, PrintedWorker } from '../../native-bridge/contract/print-calls.ts';
import { usePractice } from '../client/use-practice.ts';
import { NoticeSheet } from '../components/print-notice.tsx';
import { consentText } from '../consent/consent-text.ts';
import { pairMember } from '../i18n/language.ts';
import { BadgeSheet } from './badge-sheet.tsx';
import { badgesOnPage, inGroupsOf, registerPages } from './pages.ts';
import './paper.css';
import { RegisterSheet } from './register-sheet.tsx';

/** Everything that a paper shows; the pictures by record. */
export interface PaperContent {
  readonly workers: readonly PrintedWorker[];
  readonly photos: ReadonlyMap<string, string>;
  readonly signatures: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, string> | undefined;
}

function Sheet({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const practice = usePractice();
  return (
    <section className={practice ? 'sheet sheet--practice' : 'sheet'} data-testid="sheet">
      {children}
      {practice && (
        <div className="sheet__practice" aria-hidden="true">
          {t('print.practice')}
        </div>
      )}
    </section>
  );
}

const badgePages = ({ workers, photos }: PaperContent) =>
  inGroupsOf(badgesOnPage, workers).map((part) => (
    <Sheet key={part[0]?.id}>
      <BadgeSheet workers={part} photos={photos} />
    </Sheet>
  ));

const registerSheets = ({ workers, photos, numbers }: PaperContent) =>
  registerPages(workers).map((page, index, { length: pages }) => (
    <Sheet key={page.rows[0]?.worker.id}>
      <RegisterSheet {...{ page, pages, photos, numbers }} place={index + 1} />
    </Sheet>
  ));

const namesOf = ({ corpName, projectName }: PrintedWorker) => ({ company: corpName, project: projectName });

/** The text a worker accepted, in the language it was shown in; undefined where this program does not have that version. */
export const acceptedText = (worker: PrintedWorker, language: 'zh' | 'en') =>
  consentText(worker.consent.textVersion, pairMember(worker.consent.language ?? language), namesOf(worker));

/** The notice as the worker accepted it, with the signature given on the screen. */
function notices({ workers, signatures }: PaperContent, language: 'zh' | 'en', practice: boolean) {
  return workers.flatMap((worker) => {
    const text = acceptedText(worker, language);
    if (text === undefined) return [];
    const { id, name, maskedNumber, consent } = worker;
    const { textVersion: version, givenAt, signing, language: shownIn } = consent;
    const notice = {
      text,
      version,
      names: namesOf(worker),
      name,
      maskedNumber,
      givenAt,
      practice,
      signing,
      language: shownIn,
    };
    return [<NoticeSheet key={id} notice={{ ...notice, signatureUrl: signatures.get(id) }} />];
  });
}

/** The sheets of an order, one after another. */
export function usePages(paper: Paper, content: PaperContent): readonly ReactNode[] {
  const language = pairMember(useTranslation().i18n.language);
  const practice = usePractice();
  if (paper === 'badges') return badgePages(content);
  return paper === 'register' ? registerSheets(content) : notices(content, language, practice);
}
