import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Signing, type UnsignedReason, unsignedReasonSchema } from '../../../native-bridge/contract/signing.ts';
import { SignaturePad } from './signature-pad.tsx';

const ways = ['screen', 'paper', 'attested'] as const;
type Way = (typeof ways)[number];

/** What the consent says of its signature so far; without `signing` it may not be given yet. */
export interface GivenSignature {
  readonly signing?: Signing;
  readonly signature?: Uint8Array;
}

interface RadioProps<T extends string> {
  readonly group: string;
  readonly value: T;
  readonly chosen: T | undefined;
  readonly label: string;
  readonly onChoose: (value: T) => void;
}

function Choice<T extends string>({ group, value, chosen, label, onChoose }: RadioProps<T>) {
  return (
    <label className="signing__choice">
      <input type="radio" name={group} checked={chosen === value} onChange={() => onChoose(value)} />
      <span>{label}</span>
    </label>
  );
}

function Reasons({
  reason,
  onReason,
}: {
  readonly reason: UnsignedReason | undefined;
  readonly onReason: (reason: UnsignedReason) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="signing__text signing__reasons" role="radiogroup" aria-label={t('signing.reasonAsked')}>
      {unsignedReasonSchema.options.map((each) => (
        <Choice
          key={each}
          group="signing-reason"
          value={each}
          chosen={reason}
          label={t(`signing.reason.${each}`)}
          onChoose={onReason}
        />
      ))}
    </div>
  );
}

interface Props {
  readonly isRequired: boolean;
  readonly onChange: (given: GivenSignature) => void;
}

/** What a consent without a drawn signature says of it; nothing where the project wants one. */
export const unsigned = (isRequired: boolean): GivenSignature => (isRequired ? {} : { signing: { kind: 'none' } });

/** On the screen with a pen or finger; by keyboard on paper, or read aloud and vouched for by the operator. */
export function SigningChoice({ isRequired, onChange }: Props) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>('screen');
  const [reason, setReason] = useState<UnsignedReason>();
  const choose = (next: Way) => {
    setWay(next);
    setReason(undefined);
    if (next === 'screen') onChange(unsigned(isRequired));
    else onChange(next === 'paper' ? { signing: { kind: 'paper' } } : {});
  };
  const attest = (given: UnsignedReason) => {
    setReason(given);
    onChange({ signing: { kind: 'attested', reason: given } });
  };
  const drawn = (signature: Uint8Array | undefined) =>
    onChange(signature === undefined ? unsigned(isRequired) : { signing: { kind: 'screen' }, signature });
  return (
    <div className="signing" data-testid="signing">
      <div className="signing__ways" role="radiogroup" aria-label={t('signing.way')}>
        <span>{t(isRequired ? 'signing.required' : 'signing.way')}</span>
        {ways.map((each) => (
          <Choice
            key={each}
            group="signing-way"
            value={each}
            chosen={way}
            label={t(`signing.ways.${each}`)}
            onChoose={choose}
          />
        ))}
      </div>
      {way === 'screen' && <SignaturePad onChange={drawn} />}
      {way === 'paper' && <p className="signing__text">{t('signing.paperText')}</p>}
      {way === 'attested' && <Reasons reason={reason} onReason={attest} />}
    </div>
  );
}
