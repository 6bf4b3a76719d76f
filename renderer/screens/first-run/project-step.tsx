import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../../client/station-context.tsx';
import { ProjectSettings } from '../settings/project-settings.tsx';
import '../settings/settings.css';
import { StepSheet } from './step-sheet.tsx';
import type { FirstRunWay } from './use-first-run.ts';

interface Props {
  readonly way: FirstRunWay;
}

function Connecting({ way }: Props) {
  const { t } = useTranslation();
  const [project, setProject] = useState<Parameters<typeof ProjectSettings>[0]['project']>();
  const isConnected = project !== undefined;
  return (
    <StepSheet
      key={isConnected ? 'connected' : 'connecting'}
      title={t('firstRun.project.connect')}
      {...(isConnected && { text: t('firstRun.project.connected') })}
      way={way}
      filled={isConnected}
      {...(isConnected && { primary: { label: t('firstRun.project.done'), onClick: way.finish } })}
    >
      <div className="first-run__project">
        <ProjectSettings project={project} onSaved={(settings) => setProject(settings.project)} />
      </div>
    </StepSheet>
  );
}

/** A real project is connected: another one is for Settings, where what it means is said. */
function Connected({ way }: Props) {
  const { t } = useTranslation();
  const project = useStation(({ status }) => status?.team?.projectName);
  const text = project === undefined ? t('firstRun.again.connected') : t('firstRun.again.connectedTo', { project });
  return (
    <StepSheet
      title={t('firstRun.again.projectTitle')}
      text={text}
      way={way}
      primary={{ label: t('firstRun.again.done'), onClick: way.finish }}
    />
  );
}

/** Practice, or a real project at once. */
export function ProjectStep({ way }: Props) {
  const isConnected = useStation(({ status }) => status?.practice === false);
  return isConnected && way.isAgain ? <Connected way={way} /> : <ProjectChoice way={way} />;
}

function ProjectChoice({ way }: Props) {
  const { t } = useTranslation();
  const hasAccount = useStation(({ account }) => account?.state === 'signed-in');
  const [connecting, setConnecting] = useState(false);
  if (connecting) return <Connecting way={{ ...way, back: () => setConnecting(false) }} />;
  const connect = () => (hasAccount ? setConnecting(true) : way.go('account'));
  return (
    <StepSheet
      title={t('firstRun.project.title')}
      way={way}
      primary={{ label: t('firstRun.project.start'), onClick: way.finish }}
    >
      <div className="first-run__choices">
        <div className="first-run__choice first-run__choice--main">
          <strong>{t('firstRun.project.practice')}</strong>
          <p>{t('firstRun.project.practiceText')}</p>
        </div>
        <div className="first-run__choice">
          <strong>{t('firstRun.project.connect')}</strong>
          <p>{t(hasAccount ? 'firstRun.project.connectText' : 'firstRun.project.needsAccount')}</p>
          <button type="button" className="plain-button" onClick={connect} data-testid="first-run-connect">
            {t(hasAccount ? 'firstRun.project.connect' : 'firstRun.project.toAccount')}
          </button>
        </div>
      </div>
    </StepSheet>
  );
}
