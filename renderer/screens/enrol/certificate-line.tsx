import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate, EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { FindingLine } from './finding-line.tsx';

type Draft = EnrolmentView['draft'];

/** A photo of the certificate or a scan of it, chosen from a file. */
function AttachButton({ text, main }: { readonly text: string; readonly main: boolean }) {
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const input = useRef<HTMLInputElement>(null);
  const attach = (chosen: HTMLInputElement) => {
    const [picked] = chosen.files ?? [];
    chosen.value = '';
    if (picked === undefined) return;
    void act(async () => {
      const file = new Uint8Array(await picked.arrayBuffer());
      station.setEnrolment((await client.call('enrolment.attach-certificate', { file })).enrolment);
    });
  };
  return (
    <>
      <button
        type="button"
        className={main ? 'plain-button plain-button--main' : 'link-button'}
        onClick={() => input.current?.click()}
        data-testid="attach-certificate"
      >
        {text}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/webp,application/pdf"
        onChange={(event) => attach(event.currentTarget)}
        data-testid="certificate-file"
      />
    </>
  );
}

function Attached({ certificate }: { readonly certificate: Certificate }) {
  const { t } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const remove = () =>
    void act(async () => station.setEnrolment((await client.call('enrolment.remove-certificate', {})).enrolment));
  const kind = t(certificate.mediaType === 'application/pdf' ? 'certificate.pdf' : 'certificate.photo');
  const kilobytes = Math.ceil(certificate.bytes.length / 1024);
  return (
    <FindingLine level="ok" testId="certificate">
      {t('certificate.attached', { kind, kilobytes })} <AttachButton text={t('certificate.replace')} main={false} />{' '}
      <button type="button" className="link-button" onClick={remove} data-testid="remove-certificate">
        {t('certificate.remove')}
      </button>
    </FindingLine>
  );
}

/** The health certificate that a rule about ages asks for: the way to hand it in, or that it is there. */
export function CertificateLine({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  if (draft.certificate !== undefined) return <Attached certificate={draft.certificate} />;
  const isAsked = draft.card?.findings.some(({ reason }) => reason === 'needs-certificate') ?? false;
  if (!isAsked) return null;
  return (
    <li className="finding finding--action">
      {draft.consent === undefined ? (
        <span data-testid="certificate-later">{t('certificate.afterConsent')}</span>
      ) : (
        <AttachButton text={t('certificate.attach')} main />
      )}
    </li>
  );
}
