import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardFields, CardReading, Portrait } from '../../../native-bridge/contract/card.ts';
import { BytesImage } from '../../components/bytes-image.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { dayText } from '../../components/moment.ts';
import { numberParts } from './number-text.ts';

/** A name of more characters is set smaller; most have two to four. */
const longName = 6;

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="id-card__row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The portrait from the chip, or why there is none. */
export function CardPortrait({ portrait, className }: { readonly portrait: Portrait; readonly className: string }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  if (portrait.state === 'decoded') {
    return (
      <div className={className}>
        <BytesImage bytes={portrait.png} type="image/png" alt={t('card.photo')} testId="card-portrait" />
        {portrait.simulated && <span className="portrait__simulated">{t('card.photoSimulated')}</span>}
      </div>
    );
  }
  return (
    <div
      className={`${className} portrait--missing`}
      data-testid="portrait-missing"
      data-code={portrait.code}
      title={errorText(portrait.code)}
    >
      <svg viewBox="0 0 102 126" aria-hidden="true">
        <circle cx="51" cy="46" r="19" />
        <path d="M15 120c2-27 16-41 36-41s34 14 36 41" />
        <path d="M12 12 90 114" className="portrait__stroke" />
      </svg>
      <span>{t('card.photoMissing')}</span>
    </div>
  );
}

function useSexName(): (code: CardFields['sexCode']) => string {
  const { t } = useTranslation();
  return (code) => (code === '1' ? t('card.male') : code === '2' ? t('card.female') : t('card.sexUnknown'));
}

function useValidity({ validFrom, validTo }: CardFields): string {
  const { t } = useTranslation();
  const dotted = (date: string) => date.replaceAll('-', '.');
  const end = validTo.kind === 'long-term' ? t('card.longTerm') : dotted(validTo.date);
  return `${dotted(validFrom)}–${end}`;
}

function Front({ card }: { readonly card: CardReading }) {
  const { t, i18n } = useTranslation();
  const sexName = useSexName();
  const { fields, ageYears } = card;
  return (
    <dl className="id-card__fields">
      <Row label={t('card.name')}>
        <strong
          className={[...fields.name].length > longName ? 'id-card__name id-card__name--long' : 'id-card__name'}
          data-testid="card-name"
        >
          {fields.name}
        </strong>
      </Row>
      <Row label={t('card.sex')}>
        {sexName(fields.sexCode)}
        <span className="id-card__second">
          {t('card.ethnic')} <b>{fields.ethnicGroup}</b>
        </span>
      </Row>
      <Row label={t('card.birth')}>
        <span className="id-card__birth">
          {dayText(fields.birth, i18n.language)} · <span>{t('card.age', { age: ageYears })}</span>
        </span>
      </Row>
      <Row label={t('card.address')}>
        <span className="id-card__address">{fields.address}</span>
      </Row>
    </dl>
  );
}

/** The card as a card: what the chip gave, unchanged. */
export function CardView({ card }: { readonly card: CardReading }) {
  const { t } = useTranslation();
  const validity = useValidity(card.fields);
  return (
    <div className="id-card" data-testid="id-card">
      <div className="id-card__front">
        <Front card={card} />
        <CardPortrait portrait={card.portrait} className="id-card__photo" />
      </div>
      <dl className="id-card__number">
        <dt>{t('card.number')}</dt>
        <dd data-testid="card-number" aria-label={card.fields.number}>
          {numberParts(card.fields.number).map((part, index) => (
            // The parts have a fixed order; equal parts must not share a key.
            <span key={index}>{part}</span>
          ))}
        </dd>
      </dl>
      <dl className="id-card__back">
        <Row label={t('card.authority')}>{card.fields.authority}</Row>
        <Row label={t('card.validity')}>{validity}</Row>
      </dl>
    </div>
  );
}
