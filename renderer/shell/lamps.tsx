import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReaderState } from '../../native-bridge/contract/reader.ts';
import type { PlatformState, StationStatus } from '../../native-bridge/contract/station.ts';
import { cameraTroubleName } from '../camera/camera.ts';
import { useCameraState } from '../camera/use-camera.ts';
import { useStation } from '../client/station-context.tsx';
import { useErrorLine } from '../components/error-text.ts';
import { momentText } from '../components/moment.ts';

type Light = 'good' | 'warn' | 'bad' | 'idle';

interface LampProps {
  readonly name: 'reader' | 'camera' | 'platform' | 'backup';
  readonly light: Light;
  /** One word beside the name while not everything is in order. */
  readonly word?: string | undefined;
  readonly sentence: string;
}

function Lamp({ name, light, word, sentence }: LampProps) {
  const { t } = useTranslation();
  return (
    <Tooltip title={sentence}>
      <li
        className="lamp"
        tabIndex={0}
        data-testid={`lamp-${name}`}
        data-light={light}
        aria-label={`${t(`lamp.${name}`)}: ${sentence}`}
      >
        <span className={`lamp__light lamp__light--${light}`} aria-hidden="true" />
        <span>{t(`lamp.${name}`)}</span>
        {word !== undefined && <strong className={`lamp__word lamp__word--${light}`}>{word}</strong>}
      </li>
    </Tooltip>
  );
}

const readerLights = {
  searching: 'warn',
  ready: 'good',
  reading: 'good',
  'lift-card': 'good',
  trouble: 'bad',
} as const;

function useReaderSentence(reader: ReaderState | undefined): string {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  if (reader?.code !== undefined) return errorLine(reader.code);
  const state = reader?.state ?? 'searching';
  const sentence = {
    searching: t('lamp.readerSearching'),
    ready: t('lamp.readerReady'),
    reading: t('lamp.readerReading'),
    'lift-card': t('lamp.readerLift'),
    trouble: t('lamp.trouble'),
  }[state];
  return reader?.samNumber === undefined
    ? sentence
    : `${sentence} · ${t('lamp.samNumber', { number: reader.samNumber })}`;
}

function ReaderLamp() {
  const { t } = useTranslation();
  const reader = useStation((snapshot) => snapshot.reader);
  const isOther = reader?.code === 'reader.other-reader';
  const light = isOther ? 'warn' : readerLights[reader?.state ?? 'searching'];
  const waiting = t(isOther ? 'lamp.otherReader' : 'lamp.searching');
  const word = { good: undefined, warn: waiting, bad: t('lamp.trouble') }[light];
  return <Lamp name="reader" light={light} word={word} sentence={useReaderSentence(reader)} />;
}

function CameraLamp() {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const camera = useCameraState();
  const trouble = cameraTroubleName(camera);
  if (trouble !== undefined)
    return <Lamp name="camera" light="bad" word={t(`lamp.${trouble}`)} sentence={errorLine(`camera.${trouble}`)} />;
  const state = camera.state === 'live' || camera.state === 'starting' ? camera.state : 'off';
  return <Lamp name="camera" light={state === 'live' ? 'good' : 'idle'} sentence={t(`camera.${state}`)} />;
}

/** Seconds by which the clocks may differ before the operator is told. */
const clockToleranceSeconds = 60;

function usePlatformSentence(platform: PlatformState, practice: boolean): string {
  const { t, i18n } = useTranslation();
  const errorLine = useErrorLine();
  const { error, lastSuccessAt, clockDifferenceSeconds: clock } = platform;
  const first = {
    'not-configured': errorLine('platform.not-configured'),
    unknown: t('lamp.platformUnknown'),
    reachable: practice ? t('lamp.practicePlatform') : t('lamp.platformReachable'),
    trouble: errorLine(error?.code ?? 'platform.unreachable'),
  }[platform.state];
  const last = lastSuccessAt && t('lamp.lastSuccess', { time: momentText(lastSuccessAt, i18n.language) });
  const off = clock !== undefined && Math.abs(clock) > clockToleranceSeconds;
  return [first, last, off ? t('lamp.clock', { seconds: Math.round(clock) }) : undefined].filter(Boolean).join(' · ');
}

const platformLights = { 'not-configured': 'idle', unknown: 'idle', reachable: 'good', trouble: 'warn' } as const;

function PlatformLamp({ platform, practice }: { readonly platform: PlatformState; readonly practice: boolean }) {
  const { t } = useTranslation();
  const sentence = usePlatformSentence(platform, practice);
  const trouble = platform.error?.code === 'platform.unreachable' ? t('lamp.unreachable') : t('lamp.trouble');
  const word = {
    'not-configured': t('lamp.notConfigured'),
    unknown: undefined,
    reachable: undefined,
    trouble,
  }[platform.state];
  return <Lamp name="platform" light={platformLights[platform.state]} word={word} sentence={sentence} />;
}

type BackupLampState = NonNullable<StationStatus['backup']>;

/** Trouble and age of backups stop nobody, so the lamp never shows more than a warning. */
function BackupLamp({ backup, isOld }: { readonly backup: BackupLampState; readonly isOld: boolean }) {
  const { t, i18n } = useTranslation();
  const errorLine = useErrorLine();
  const { trouble, away, lastVerifiedAt } = backup;
  const last =
    lastVerifiedAt === undefined
      ? t('lamp.backupNone')
      : t('lamp.backupLast', { time: momentText(lastVerifiedAt, i18n.language) });
  const first = trouble === undefined ? away && t('lamp.backupAway') : errorLine(trouble.code);
  const sentence = [first, last].filter(Boolean).join(' · ');
  if (trouble !== undefined) return <Lamp name="backup" light="warn" word={t('lamp.trouble')} sentence={sentence} />;
  if (isOld) return <Lamp name="backup" light="warn" word={t('lamp.backupOld')} sentence={sentence} />;
  if (away) return <Lamp name="backup" light="idle" word={t('lamp.lost')} sentence={sentence} />;
  return <Lamp name="backup" light={lastVerifiedAt === undefined ? 'idle' : 'good'} sentence={sentence} />;
}

export function Lamps() {
  const { t } = useTranslation();
  const status = useStation((snapshot) => snapshot.status);
  return (
    <ul className="lamps" aria-label={t('top.lamps')}>
      <ReaderLamp />
      <CameraLamp />
      {status && <PlatformLamp platform={status.platform} practice={status.practice} />}
      {status?.backup && (
        <BackupLamp
          backup={status.backup}
          isOld={status.gates.some(({ gate, level }) => gate === 'backup' && level !== 'ok')}
        />
      )}
    </ul>
  );
}
