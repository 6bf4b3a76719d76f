import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type BankCard,
  checkSocialSecurity,
  type OtherCard,
  type SocialSecurityCard,
  type WorkCard,
} from '../../../native-bridge/contract/other-card.ts';
import { useClient } from '../../client/station-context.tsx';
import { useErrorLine, useErrorText } from '../../components/error-text.ts';
import { play } from '../../sound/tones.ts';
import type { Fields } from './use-fields.ts';
import './other-card.css';

interface NoticeProps {
  readonly fields: Fields;
  /** Number of the identity card in work; undefined while there is none. */
  readonly citizenNumber: string | undefined;
}

/** What one presentation gave: a social-security card may be a bank card as well. */
function usePresentedCards(): readonly [readonly OtherCard[], () => void] {
  const client = useClient();
  const [cards, setCards] = useState<readonly OtherCard[]>([]);
  useEffect(
    () =>
      client.on('card.other', (card) => {
        play('success');
        setCards((before) => [...before.filter(({ readAt }) => readAt === card.readAt), card]);
      }),
    [client],
  );
  return [cards, () => setCards([])];
}

/** Whether the card says of itself that it is another person's than the one whose identity card is in work. */
const isOthers = (card: OtherCard, citizenNumber: string | undefined) =>
  card.kind === 'social-security' && checkSocialSecurity(card, citizenNumber) === 'different';

interface BankProps {
  readonly card: BankCard;
  readonly fields: Fields;
  /** Whether there is an enrolment whose wage card this may be. */
  readonly isOffered: boolean;
}

function BankNotice({ card, fields, isOffered }: BankProps) {
  const { t } = useTranslation();
  const isTaken = fields.texts.payRollBankCardNumber === card.number;
  return (
    <>
      <strong>
        {t('otherCard.bank')} <code>{card.maskedNumber}</code>
      </strong>
      {isOffered && (
        <button
          type="button"
          className="plain-button plain-button--main"
          data-testid="take-bank-card"
          disabled={isTaken}
          onClick={() => fields.change({ payRollBankCardNumber: card.number })}
        >
          {t(isTaken ? 'otherCard.bankTaken' : 'otherCard.takeBank')}
        </button>
      )}
    </>
  );
}

/** First six and last four characters. */
const masked = (number: string) => `${number.slice(0, 6)}********${number.slice(-4)}`;

interface SocialSecurityProps {
  readonly card: SocialSecurityCard;
  readonly citizenNumber: string | undefined;
}

function SocialSecurityNotice({ card, citizenNumber }: SocialSecurityProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const errorLine = useErrorLine();
  const { holder, cardNumber } = card;
  const outcome = checkSocialSecurity(card, citizenNumber);
  return (
    <>
      <strong>
        {t('otherCard.socialSecurity')} <code>{cardNumber}</code>
        {holder.state === 'read' && (
          <>
            {' '}
            {holder.name} <code>{masked(holder.citizenNumber)}</code>
          </>
        )}
      </strong>
      <span
        className={`other-card__outcome other-card__outcome--${outcome}`}
        title={holder.state === 'locked' ? errorLine('other-card.locked') : undefined}
        data-testid="holder-check"
      >
        {holder.state === 'locked' ? errorText('other-card.locked') : t(`otherCard.${outcome}Holder`)}
      </span>
    </>
  );
}

/**
 * A number that a click copies. The page has no permission for the clipboard, and needs none to copy what the operator
 * has just selected.
 */
function CopyNumber({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = ({ currentTarget }: MouseEvent<HTMLInputElement>) => {
    currentTarget.select();
    if (document.execCommand('copy'))
      void message.success({ content: t('otherCard.copied', { value }), key: 'copied' });
  };
  return (
    <label>
      {label}
      <input readOnly value={value} size={value.length} onClick={copy} title={t('otherCard.copy')} />
    </label>
  );
}

function WorkNotice({ card }: { readonly card: WorkCard }) {
  const { t } = useTranslation();
  const { uid, uidReversed, decimals } = card;
  return (
    <>
      <strong>{t('otherCard.work')}</strong>
      <CopyNumber label={t('otherCard.uid')} value={uid} />
      <CopyNumber label={t('otherCard.uidReversed')} value={uidReversed} />
      {decimals && (
        <>
          <CopyNumber label={t('otherCard.littleEndian')} value={decimals.littleEndian} />
          <CopyNumber label={t('otherCard.bigEndian')} value={decimals.bigEndian} />
          <CopyNumber label={t('otherCard.wiegand')} value={decimals.wiegand} />
        </>
      )}
    </>
  );
}

function noticeOf(card: OtherCard, cards: readonly OtherCard[], { fields, citizenNumber }: NoticeProps): ReactNode {
  switch (card.kind) {
    case 'bank': {
      const isOffered = citizenNumber !== undefined && !cards.some((other) => isOthers(other, citizenNumber));
      return <BankNotice card={card} fields={fields} isOffered={isOffered} />;
    }
    case 'social-security':
      return <SocialSecurityNotice card={card} citizenNumber={citizenNumber} />;
    case 'work':
      return <WorkNotice card={card} />;
  }
}

/**
 * A bank, social-security or work card that was just read, with what can be done with it. It belongs to the enrolment in
 * work and goes with it, so that no number is offered to the next person.
 */
export function OtherCardNotice(props: NoticeProps) {
  const { t } = useTranslation();
  const [cards, dismiss] = usePresentedCards();
  if (cards.length === 0) return null;
  return (
    <div className="other-card" role="status" data-testid="other-card">
      <div className="other-card__list">
        {cards.map((card) => (
          <div key={card.kind} className="other-card__row" data-kind={card.kind}>
            {noticeOf(card, cards, props)}
          </div>
        ))}
      </div>
      <button type="button" className="plain-button" onClick={dismiss}>
        {t('card.dismiss')}
      </button>
    </div>
  );
}
