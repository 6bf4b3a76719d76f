import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinalPhoto } from '../../../native-bridge/contract/capture.ts';
import type { FaceSearch } from '../../../native-bridge/contract/face-search.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { BytesImage } from '../../components/bytes-image.tsx';
import { WarnIcon } from '../../components/icons.tsx';
import { momentText } from '../../components/moment.ts';
import { AnswerForm } from './answer-form.tsx';
import type { OpenFinding } from './found-face.ts';

type FoundRecord = Result<'face-search.found'>;

/** The record beside which the live photo is held; `gone` when it was removed meanwhile. */
function useFoundRecord(recordId: string): FoundRecord | 'gone' | undefined {
  const client = useClient();
  const [found, setFound] = useState<FoundRecord | 'gone'>();
  useEffect(() => {
    let isShown = true;
    client.call('face-search.found', { recordId }).then(
      (record) => isShown && setFound(record),
      () => isShown && setFound('gone'),
    );
    return () => void (isShown = false);
  }, [client, recordId]);
  return found;
}

function Picture({ jpeg, caption }: { readonly jpeg: Uint8Array | undefined; readonly caption: string }) {
  return (
    <figure>
      {jpeg === undefined ? (
        <div className="compare__photo compare__photo--empty" />
      ) : (
        <div className="compare__photo">
          <BytesImage bytes={jpeg} type="image/jpeg" alt={caption} />
        </div>
      )}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

function WhoseRecord({ found }: { readonly found: FoundRecord | 'gone' | undefined }) {
  const { t, i18n } = useTranslation();
  if (found === undefined) return null;
  if (found === 'gone') return <p className="found-face__record">{t('foundFace.gone')}</p>;
  const { name, maskedNumber, teamName, sealedAt } = found.record;
  return (
    <p className="found-face__record" data-testid="found-record">
      <strong>{t('foundFace.record', { name, number: maskedNumber })}</strong>
      <span>{t('foundFace.recordDetail', { team: teamName, time: momentText(sealedAt, i18n.language) })}</span>
    </p>
  );
}

function Heading({ finding, search }: Pick<Props, 'finding' | 'search'>) {
  const { t } = useTranslation();
  const { place, count, face } = finding;
  const evidence = { limit: search.limit, searched: search.searched, milliseconds: Math.round(search.searchMs) };
  return (
    <div className="verdict verdict--review" role="alert" data-testid="found-face">
      <p className="verdict__title found-face__title">
        <WarnIcon />
        <strong>{t('foundFace.title')}</strong>
        <small className="verdict__evidence" title={t('foundFace.evidenceTitle', evidence)}>
          {t('foundFace.evidence', { distance: face.distance.toFixed(2) })}
        </small>
      </p>
      <p>
        {count > 1 && <strong>{t('foundFace.more', { place, count })} </strong>}
        {t('foundFace.text')}
      </p>
    </div>
  );
}

interface Props {
  readonly finding: OpenFinding;
  readonly search: Extract<FaceSearch, { kind: 'searched' }>;
  readonly photo: FinalPhoto;
}

/** A like face under another number beside the live photo, and the person's decision about the two. */
export function FoundFaceView({ finding, search, photo }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const { recordId } = finding.face;
  const found = useFoundRecord(recordId);
  const decide = (samePerson: boolean, reason: string) =>
    act(async () => {
      station.setEnrolment((await client.call('face-search.decide', { recordId, samePerson, reason })).enrolment);
    });
  return (
    <>
      <div className="compare__photos">
        <Picture jpeg={found === 'gone' ? undefined : found?.jpeg} caption={t('foundFace.otherPhoto')} />
        <Picture jpeg={photo.jpeg} caption={t('foundFace.livePhoto')} />
      </div>
      <WhoseRecord found={found} />
      <Heading finding={finding} search={search} />
      <AnswerForm
        testId="found-face-form"
        question={t('foundFace.question')}
        answers={{ same: t('foundFace.same'), different: t('foundFace.different') }}
        reasons={t('foundFace.reasons')}
        reasonHint={t('foundFace.reasonHint')}
        confirm={t('foundFace.decide')}
        onDecide={(samePerson, reason) => void decide(samePerson, reason)}
      />
    </>
  );
}
