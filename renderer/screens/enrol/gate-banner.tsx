import { useTranslation } from 'react-i18next';
import type { Gate } from '../../../native-bridge/contract/gates.ts';
import { useStation } from '../../client/station-context.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { WarnIcon } from '../../components/icons.tsx';
import { shownValue } from './gate-value.ts';

function Sentence({ gate }: { readonly gate: Gate }) {
  const { t } = useTranslation();
  if (gate.level === 'block')
    return (
      <strong>
        <ErrorSentence code={`gate.${gate.gate}`} />
      </strong>
    );
  return <span className="gate-banner__text">{t(`gates.${gate.gate}`, { value: shownValue(gate) })}</span>;
}

/** Why no new enrolment may begin, or soon not, and the way out. */
export function GateBanner() {
  const gate = useStation(({ status }) => status?.gates.find(({ level }) => level !== 'ok'));
  const inWork = useStation(({ enrolment }) => enrolment !== undefined);
  if (gate === undefined || (gate.level === 'warn' && inWork)) return null;
  return (
    <div
      className={`card-trouble gate-banner gate-banner--${gate.level}`}
      role={gate.level === 'block' ? 'alert' : 'status'}
      data-testid="gate-banner"
      data-gate={gate.gate}
    >
      <WarnIcon />
      <Sentence gate={gate} />
    </div>
  );
}
