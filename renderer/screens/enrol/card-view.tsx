import { useTranslation } from 'react-i18next';
import type { CardFields, CardReading, Portrait } from '../../../native-bridge/contract/card.ts';
import { BytesImage } from '../../components/bytes-image.tsx';
import { useErrorLine } from '../../components/error-text.ts';
import { CardBack, CardFront } from './card-fields.tsx';
import { numberParts } from './number-text.ts';

/** Head and shoulders in outline, where there is no picture. */
function Outline({ isStruck }: { readonly isStruck: boolean }) {
  return (
    <svg viewBox="0 0 102 126" aria-hidden="true">
      <circle cx="51" cy="46" r="19" />
      <path d="M15 120c2-27 16-41 36-41s34 14 36 41" />
      {isStruck && <path d="M12 12 90 114" className="portrait__stroke" />}
    </svg>
  );
}

interface PortraitProps {
  readonly portrait: Portrait;
  readonly className: string;
}

/** The portrait from the chip, or why there is none, or that it is still being decoded. */
export function CardPortrait({ portrait, className }: PortraitProps) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  switch (portrait.state) {
    case 'decoded':
      return (
        <div className={className}>
          <BytesImage bytes={portrait.png} type="image/png" alt={t('card.photo')} testId="card-portrait" />
          {portrait.simulated && <span className="portrait__simulated">{t('card.photoSimulated')}</span>}
        </div>
      );
    case 'pending':
      return (
        <div className={`${className} portrait--pending`} data-testid="portrait-pending">
          <Outline isStruck={false} />
          <span>{t('card.photoPending')}</span>
        </div>
      );
    case 'missing':
      return (
        <div
          className={`${className} portrait--missing`}
          data-testid="portrait-missing"
          data-code={portrait.code}
          title={errorLine(portrait.code)}
        >
          <Outline isStruck />
          <span>{t('card.photoMissing')}</span>
        </div>
      );
  }
}

const numberLabels = {
  mainland: 'card.number',
  'residence-permit': 'card.number',
  'foreigner-2017': 'card.cardNumber',
  'foreigner-2023': 'card.cardNumber',
} as const satisfies Record<CardFields['kind'], string>;

function CardNumber({ fields }: { readonly fields: CardFields }) {
  const { t } = useTranslation();
  return (
    <dl className="id-card__number">
      <dt>{t(numberLabels[fields.kind])}</dt>
      <dd data-testid="card-number" aria-label={fields.number}>
        {numberParts(fields.number).map((part, index) => (
          // The parts have a fixed order; equal parts must not share a key.
          <span key={index}>{part}</span>
        ))}
      </dd>
    </dl>
  );
}

/** The card as a card: what the chip gave, unchanged. */
export function CardView({ card }: { readonly card: CardReading }) {
  const { t } = useTranslation();
  const { fields } = card;
  return (
    <div className="id-card" data-testid="id-card" data-kind={fields.kind}>
      {fields.kind !== 'mainland' && <p className="id-card__kind">{t(`card.kind.${fields.kind}`)}</p>}
      <div className="id-card__front">
        <CardFront card={card} />
        <CardPortrait portrait={card.portrait} className="id-card__photo" />
      </div>
      <CardNumber fields={fields} />
      <CardBack fields={fields} />
    </div>
  );
}
