import { useTranslation } from 'react-i18next';
import type { Gate, GateName } from '../../../native-bridge/contract/gates.ts';
import { useStation } from '../../client/station-context.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { WarnIcon } from '../../components/icons.tsx';
import { useScreenActions } from '../../shell/screen-context.ts';
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

/** Where a gate is opened again; for the others something has to be done outside the program. */
const wayOut: Partial<Record<GateName, 'queue' | 'settings'>> = {
  'unsent-count': 'queue',
  'unsent-age': 'queue',
  backup: 'settings',
};

function WayOut({ gate }: { readonly gate: GateName }) {
  const { t } = useTranslation();
  const { show } = useScreenActions();
  const screen = wayOut[gate];
  if (screen === undefined) return null;
  return (
    <button type="button" className="plain-button" onClick={() => show(screen)} data-testid="gate-way-out">
      {t(`gateWayOut.${screen}`)}
    </button>
  );
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
      <WayOut gate={gate.gate} />
    </div>
  );
}
