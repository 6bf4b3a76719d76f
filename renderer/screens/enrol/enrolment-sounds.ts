import { useEffect } from 'react';
import type { EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import { useStation } from '../../client/station-context.tsx';
import { zhEnrol } from '../../i18n/zh-CN-enrol.ts';
import { sayPrompt } from '../../sound/speech.ts';
import { play } from '../../sound/tones.ts';
import { verdictOf } from './verdict.ts';

/** What happens is heard, because the operator looks at the worker and not at the screen. */
export function useEnrolmentSounds(enrolment: EnrolmentView | undefined): void {
  const draft = enrolment?.draft;
  const cardReadAt = draft?.card?.readAt;
  const verdict = draft && verdictOf(draft);
  const trouble = useStation((snapshot) => snapshot.cardTrouble);
  useEffect(() => {
    if (cardReadAt !== undefined) play('card-read');
  }, [cardReadAt]);
  useEffect(() => {
    if (verdict === 'match') sayPrompt(zhEnrol.prompt.done);
    if (verdict === 'match') play('card-read');
    if (verdict === 'no-match') play('failure');
  }, [verdict]);
  useEffect(() => {
    if (trouble !== undefined) play('failure');
  }, [trouble]);
}
