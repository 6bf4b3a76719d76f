import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePractice } from '../client/use-practice.ts';
import type { ConsentLanguage, Signing } from '../../native-bridge/contract/signing.ts';
import type { ConsentNames, ConsentText } from '../consent/consent-text.ts';
import { Printing } from '../print/paper.tsx';
import { usePrintKey } from '../print/print-key.tsx';
import { writtenMoment } from './moment.ts';
import './print-notice.css';
import { signingText } from './signing-text.ts';

export interface Notice {
  readonly text: ConsentText;
  readonly version: string;
  readonly names: ConsentNames;
  readonly name: string;
  readonly maskedNumber: string;
  /** In which the worker was shown it; that of the screen where nobody noted it. */
  readonly language?: ConsentLanguage | undefined;
  readonly signing?: Signing | undefined;
  /** When the consent was given; before that the boxes are left open for the pen. */
  readonly givenAt?: string;
  /** Made in training: the paper says so. */
  readonly practice?: boolean;
  /** Where the page finds the signature given on the screen. */
  readonly signatureUrl?: string | undefined;
}

/** The whole paper is in one language, whatever that of the screen is. */
function useNoticeTexts(language: ConsentLanguage | undefined) {
  const { i18n } = useTranslation();
  const shown = language ?? i18n.language;
  return { t: i18n.getFixedT(shown), shown };
}

function Head({ notice: { name, maskedNumber, names, language } }: { readonly notice: Notice }) {
  const { t } = useNoticeTexts(language);
  const lines = [
    ['notice.worker', name],
    ['notice.number', maskedNumber],
    ['notice.project', names.project],
    ['notice.company', names.company],
  ] as const;
  return (
    <dl className="notice__head">
      {lines.map(([label, value]) => (
        <div key={label}>
          <dt>{t(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Consents({ notice: { givenAt, language, signing } }: { readonly notice: Notice }) {
  const { t, shown } = useNoticeTexts(language);
  const box = givenAt === undefined ? '☐' : '☑';
  return (
    <div className="notice__consents">
      <p>{`${box} ${t('notice.consentFace')}`}</p>
      <p>{`${box} ${t('notice.consentPlatform')}`}</p>
      {givenAt !== undefined && <p>{t('notice.given', { time: writtenMoment(givenAt, shown) })}</p>}
      {signing !== undefined && <p>{signingText(t, signing)}</p>}
    </div>
  );
}

/** The notice as one accepts it, or accepted it. */
export function NoticeSheet({ notice }: { readonly notice: Notice }) {
  const { t } = useNoticeTexts(notice.language);
  const { text, version, signatureUrl, practice } = notice;
  return (
    <article className="notice" data-testid="notice-sheet">
      <h1>{text.title}</h1>
      <p className="notice__version">
        {practice === true && <b>{t('print.practice')} · </b>}
        {t('notice.version', { version })}
      </p>
      <Head notice={notice} />
      {text.paragraphs.map(({ heading, text: paragraph }) => (
        <section key={heading}>
          <h2>{heading}</h2>
          <p>{paragraph}</p>
        </section>
      ))}
      <Consents notice={notice} />
      {signatureUrl !== undefined && <img className="notice__signed" src={signatureUrl} alt={t('print.signature')} />}
      <div className="notice__signatures">
        {(['signature', 'date', 'official'] as const).map((name) => (
          <p key={name}>{t(`notice.${name}`)}</p>
        ))}
      </div>
      <footer>{t('notice.copies')}</footer>
    </article>
  );
}

/** The notice on paper, by the browser's own print dialog; the sheet is on the page only while it is being printed. */
export function PrintNotice({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const practice = usePractice();
  const [printed, setPrinted] = useState<Notice>();
  const print = () => setPrinted(notice);
  usePrintKey('screen', print);
  return (
    <>
      <button type="button" className="plain-button" onClick={print} data-testid="print-notice">
        {t('notice.print')}
      </button>
      {printed && (
        <Printing onDone={() => setPrinted(undefined)}>
          <NoticeSheet notice={{ ...printed, practice }} />
        </Printing>
      )}
    </>
  );
}
