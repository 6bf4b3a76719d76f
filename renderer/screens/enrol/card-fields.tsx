import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardFields, CardReading } from '../../../native-bridge/contract/card.ts';
import { countryName } from '../../../native-bridge/contract/country-name.ts';
import { dayText } from '../../components/moment.ts';

/** A name of more characters is set smaller; most have two to four. */
const longName = 6;

export function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="id-card__row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A second, short field on the same line. */
function Second({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className="id-card__second">
      {label} <b>{children}</b>
    </span>
  );
}

function NameRow({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const isLong = [...name].length > longName;
  return (
    <Row label={t('card.name')}>
      <strong className={isLong ? 'id-card__name id-card__name--long' : 'id-card__name'} data-testid="card-name">
        {name}
      </strong>
    </Row>
  );
}

function SexRow({ fields }: { readonly fields: CardFields }) {
  const { t } = useTranslation();
  const { sexCode } = fields;
  return (
    <Row label={t('card.sex')}>
      {sexCode === '1' ? t('card.male') : sexCode === '2' ? t('card.female') : t('card.sexUnknown')}
      {fields.kind === 'mainland' && (
        <Second label={t('card.ethnic')}>
          {fields.ethnicGroup ?? t('card.ethnicUnknown', { code: fields.ethnicCode })}
        </Second>
      )}
    </Row>
  );
}

function BirthRow({ card }: { readonly card: CardReading }) {
  const { t, i18n } = useTranslation();
  return (
    <Row label={t('card.birth')}>
      <span className="id-card__birth">
        {dayText(card.fields.birth, i18n.language)} · <span>{t('card.age', { age: card.ageYears })}</span>
      </span>
    </Row>
  );
}

function AddressRow({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  return (
    <Row label={t('card.address')}>
      <span className="id-card__address">{address}</span>
    </Row>
  );
}

type ForeignerFields = Extract<CardFields, { readonly nationality: string }>;

function NationalityRow({ nationality }: { readonly nationality: string }) {
  const { t, i18n } = useTranslation();
  const country = countryName(nationality, i18n.language);
  return (
    <Row label={t('card.nationality')}>
      <span data-testid="card-nationality">{country === undefined ? nationality : `${country} ${nationality}`}</span>
    </Row>
  );
}

/** The English name stands below the Chinese one, or in its place. */
function EnglishName({ fields }: { readonly fields: ForeignerFields }) {
  const { t } = useTranslation();
  if (fields.chineseName === '') return undefined;
  return (
    <Row label={t('card.englishName')}>
      <span className="id-card__english" data-testid="card-english-name">
        {fields.englishName}
      </span>
    </Row>
  );
}

/** The front of the card: who the holder is. */
export function CardFront({ card }: { readonly card: CardReading }) {
  const { fields } = card;
  return (
    <dl className="id-card__fields">
      <NameRow name={fields.name} />
      {'englishName' in fields && <EnglishName fields={fields} />}
      <SexRow fields={fields} />
      <BirthRow card={card} />
      {'nationality' in fields && <NationalityRow nationality={fields.nationality} />}
      {'address' in fields && <AddressRow address={fields.address} />}
    </dl>
  );
}

function useValidity({ validFrom, validTo }: CardFields): string {
  const { t } = useTranslation();
  const dotted = (date: string) => date.replaceAll('-', '.');
  const end = validTo.kind === 'long-term' ? t('card.longTerm') : dotted(validTo.date);
  return `${dotted(validFrom)}–${end}`;
}

/** The card before this one, on one line with how often it was renewed. */
function FormerCard({ fields }: { readonly fields: Extract<CardFields, { readonly kind: 'foreigner-2023' }> }) {
  const { t } = useTranslation();
  const { formerNumber, renewals } = fields;
  if (formerNumber === undefined) return <Row label={t('card.renewals')}>{renewals}</Row>;
  return (
    <Row label={t('card.formerNumber')}>
      <span data-testid="card-former-number">{formerNumber}</span>
      <Second label={t('card.renewals')}>{renewals}</Second>
    </Row>
  );
}

/** What only cards of this kind have. */
function OwnRows({ fields }: { readonly fields: CardFields }) {
  const { t } = useTranslation();
  switch (fields.kind) {
    case 'mainland':
      return undefined;
    case 'residence-permit':
      return (
        <Row label={t('card.travelPass')}>
          {fields.travelPassNumber}
          <Second label={t('card.issueCount')}>{fields.issueCount}</Second>
        </Row>
      );
    case 'foreigner-2017':
      return (
        <Row label={t('card.acceptingAuthority')}>
          {fields.acceptingAuthorityCode}
          <Second label={t('card.cardVersion')}>{fields.cardVersion}</Second>
        </Row>
      );
    case 'foreigner-2023':
      return <FormerCard fields={fields} />;
  }
}

/** The back of the card: who issued it, and until when it holds. */
export function CardBack({ fields }: { readonly fields: CardFields }) {
  const { t } = useTranslation();
  const validity = useValidity(fields);
  return (
    <dl className="id-card__back">
      {'authority' in fields && <Row label={t('card.authority')}>{fields.authority}</Row>}
      <Row label={t('card.validity')}>{validity}</Row>
      <OwnRows fields={fields} />
    </dl>
  );
}
