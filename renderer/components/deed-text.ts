import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { zhCN } from '../i18n/zh-CN.ts';

/** What the audit trail says of a record, in the words of `did`. */
export const deeds: Readonly<Record<string, keyof typeof zhCN.did>> = {
  'draft.begun': 'begun',
  'certificate.attached': 'certificateAttached',
  'certificate.removed': 'certificateRemoved',
  'liveness.excepted': 'livenessExcepted',
  'record.sealed': 'sealed',
  'record.corrected': 'corrected',
  'record.locked': 'locked',
  'record.imported': 'imported',
  'record.salvaged': 'salvaged',
  'pictures.erased': 'picturesErased',
  'review.approved': 'reviewApproved',
  'review.sent-back': 'reviewSentBack',
  'worker.differences-noted': 'differencesNoted',
  'outbox.sending': 'sending',
  'outbox.accepted': 'accepted',
  'outbox.confirmed': 'confirmed',
  'outbox.retry': 'retry',
  'outbox.sent-again': 'sentAgain',
  'outbox.needs-attention': 'attention',
  'outbox.retry-now': 'retryNow',
  'outbox.interrupted': 'interrupted',
  'outbox.superseded': 'superseded',
  'outbox.withdrawn': 'withdrawn',
  'outbox.sent-back': 'heldBack',
  'outbox.handed-over': 'handedOver',
  'outbox.taken-back': 'takenBack',
  'outbox.come-back': 'comeBack',
  'outbox.receipt': 'receipt',
  'transfer.conflict': 'conflict',
  'transfer.conflict-settled': 'conflictSettled',
};

/** Words for an action of the trail; a newer station's, which this page does not know, is told as such. */
export function useDeedText(): (action: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (action) => {
      const word = deeds[action];
      return word === undefined ? t('did.other', { action }) : t(`did.${word}`);
    },
    [t],
  );
}

/** The station's own name in the trail is left out: only people are named. */
export const isPerson = (actor: string): boolean => actor !== 'station';
