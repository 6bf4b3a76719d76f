import { useTranslation } from 'react-i18next';
import { useStation, useStationState } from '../../client/station-context.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { WarnIcon } from '../../components/icons.tsx';

/** A card that could not be read or does not belong here; goes away with the next card or when dismissed. */
export function CardTroubleBanner() {
  const { t } = useTranslation();
  const station = useStationState();
  const trouble = useStation((snapshot) => snapshot.cardTrouble);
  // A closed gate has a banner of its own, which stays as long as the gate is closed.
  if (trouble === undefined || trouble.code.startsWith('gate.')) return null;
  return (
    <div className="card-trouble" role="alert" data-testid="card-trouble" data-code={trouble.code}>
      <WarnIcon />
      <strong>
        <ErrorSentence code={trouble.code} />
      </strong>
      <button type="button" className="plain-button" onClick={station.dismissCardTrouble}>
        {t('card.dismiss')}
      </button>
    </div>
  );
}
