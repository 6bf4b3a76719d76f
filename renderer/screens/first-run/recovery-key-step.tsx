import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecoveryKeyState } from '../../../native-bridge/contract/safety-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { HelpSteps } from '../../components/help-steps.tsx';
import { momentText } from '../../components/moment.ts';
import { PrintRecoveryKey } from '../../print/recovery-sheet.tsx';
import { isSameGroup } from './key-group.ts';
import { StepSheet } from './step-sheet.tsx';
import type { FirstRunWay } from './use-first-run.ts';

interface Props {
  readonly way: FirstRunWay;
}

/** Whether and when a recovery key was made; one that was made before this step was opened may not be on paper. */
function useKeys(): RecoveryKeyState | undefined {
  const client = useClient();
  const act = useAction();
  const [keys, setKeys] = useState<RecoveryKeyState>();
  useEffect(() => void act(async () => setKeys(await client.call('keys.state', {}))), [client, act]);
  return keys;
}

function BeforeKey({ way, onMade }: Props & { readonly onMade: (key: string) => void }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const act = useAction();
  const keys = useKeys();
  const make = () => void act(async () => onMade((await client.call('keys.make-recovery', {})).recoveryKey));
  // Nobody makes a new key by pressing Enter before it is known that there is one.
  if (keys === undefined) return null;
  const madeAt = keys.recovery?.madeAt;
  if (madeAt === undefined) {
    const primary = { label: t('firstRun.key.make'), onClick: make };
    return (
      <StepSheet title={t('firstRun.key.title')} text={t('firstRun.key.text')} way={way} primary={primary} skippable>
        <div className="first-run__outlook">
          <HelpSteps steps={t('firstRun.key.steps')} />
        </div>
      </StepSheet>
    );
  }
  return (
    <StepSheet
      key="made"
      title={t('firstRun.key.title')}
      text={t('firstRun.key.made', { time: momentText(madeAt, i18n.language) })}
      way={way}
      primary={{ label: t('firstRun.next'), onClick: way.next }}
    >
      <button type="button" className="plain-button" onClick={make} data-testid="first-run-renew">
        {t('firstRun.key.renew')}
      </button>
    </StepSheet>
  );
}

function ShownKey({
  way,
  groups,
  onWritten,
}: Props & { readonly groups: readonly string[]; readonly onWritten: () => void }) {
  const { t } = useTranslation();
  return (
    <StepSheet
      title={t('firstRun.key.title')}
      text={t('firstRun.key.show')}
      way={way}
      primary={{ label: t('firstRun.key.written'), onClick: onWritten }}
    >
      <ol className="first-run__key" data-testid="first-run-key">
        {groups.map((group) => (
          <li key={group}>{group}</li>
        ))}
      </ol>
      <PrintRecoveryKey groups={groups} place="screen" />
    </StepSheet>
  );
}

interface CheckProps extends Props {
  readonly groups: readonly string[];
  readonly onShowAgain: () => void;
}

/** One group, any of them, typed from the paper. */
function WrittenKey({ way, groups, onShowAgain }: CheckProps) {
  const { t } = useTranslation();
  const [index] = useState(() => Math.floor(Math.random() * groups.length));
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const place = index + 1;
  const check = () => {
    if (isSameGroup(typed, groups[index] ?? '')) way.next();
    else setWrong(true);
  };
  return (
    <StepSheet
      title={t('firstRun.key.title')}
      text={t('firstRun.key.check', { place })}
      way={way}
      primary={{ label: t('firstRun.key.confirm'), onClick: check }}
    >
      <form
        className="first-run__group"
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        <label htmlFor="first-run-group">{t('firstRun.key.group', { place })}</label>
        <Input
          id="first-run-group"
          size="large"
          value={typed}
          maxLength={12}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={isWrong}
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong(false);
          }}
          data-testid="first-run-group"
          data-place={place}
        />
        <button type="button" className="plain-button" onClick={onShowAgain}>
          {t('firstRun.key.again')}
        </button>
        {isWrong && <p role="alert">{t('firstRun.key.wrong', { place })}</p>}
      </form>
    </StepSheet>
  );
}

/** Makes the recovery key, shows it once, and lets a part of it be typed from the paper that it was written on. */
export function RecoveryKeyStep({ way }: Props) {
  const [key, setKey] = useState<string>();
  const [isWritten, setWritten] = useState(false);
  if (key === undefined) return <BeforeKey way={way} onMade={setKey} />;
  const groups = key.split('-');
  if (!isWritten) return <ShownKey way={way} groups={groups} onWritten={() => setWritten(true)} />;
  return <WrittenKey way={way} groups={groups} onShowAgain={() => setWritten(false)} />;
}
