import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckResult, Guidance } from '../../../native-bridge/contract/capture.ts';
import { cameraTroubleCode } from '../../camera/camera.ts';
import { CameraVideo } from '../../camera/camera-video.tsx';
import { useCameraPicture } from '../../camera/use-camera.ts';
import { BytesImage } from '../../components/bytes-image.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { ListIcon } from '../../components/icons.tsx';
import { offerFocus, useShortcut } from '../../components/shortcut.ts';
import { ChallengeName, ChallengeView } from './challenge-view.tsx';
import { CameraTroubleHelp } from './camera-trouble-help.tsx';
import { firstUnmet, limitText, valueText } from './check-text.ts';
import { ChecksDrawer } from './checks-drawer.tsx';
import { FaceOval } from './face-oval.tsx';
import { PromptView } from './prompt-view.tsx';
import { TakeBest } from './take-best.tsx';
import { useCapture } from './use-capture.ts';

function UnmetCheck({ check }: { readonly check: CheckResult }) {
  const { t } = useTranslation();
  const found = [t(`check.${check.name}`), check.value !== undefined && valueText(t, check)].filter(Boolean).join(' ');
  const limit = `${t('live.limit')} ${limitText(t, check)}`;
  return (
    <p className="capture__unmet" title={`${found} · ${limit}`} data-testid="unmet-check">
      <strong>{found}</strong>
      <span>{limit}</span>
    </p>
  );
}

function BestFrames({ frames }: { readonly frames: readonly Uint8Array[] }) {
  const { t } = useTranslation();
  return (
    <ul className="capture__best" aria-label={t('live.best')}>
      {[0, 1, 2].map((place) => {
        const frame = frames[place];
        return <li key={place}>{frame && <BytesImage bytes={frame} type="image/jpeg" alt="" />}</li>;
      })}
    </ul>
  );
}

function Overlay({ guidance }: { readonly guidance: Guidance | undefined }) {
  const good = guidance?.prompt === 'keep-so' || guidance?.prompt === 'done';
  const { challenge } = guidance ?? {};
  const hasWord = challenge !== undefined && challenge.phase !== 'preparing' && challenge.phase !== 'over';
  return (
    <>
      <FaceOval progress={guidance?.progress ?? 0} good={good} />
      {challenge && challenge.phase !== 'over' && <ChallengeName challenge={challenge} />}
      {hasWord && <ChallengeView challenge={challenge} />}
      {guidance && !hasWord && <PromptView guidance={guidance} />}
    </>
  );
}

/** The camera step: the mirrored picture, what to do now, and the photo by itself once everything holds. */
export function CaptureView() {
  const { t } = useTranslation();
  const { state, video } = useCameraPicture();
  const live = state.state === 'live';
  const hasPicture = live && cameraTroubleCode(state) === undefined;
  const { guidance, best, trouble } = useCapture(video, live);
  const [details, setDetails] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  // The keys work from here; a button would take the Enter of an impatient operator for its own.
  useEffect(() => offerFocus(place.current), []);
  useShortcut('F7', true, (event) => {
    event.preventDefault();
    setDetails(!details);
  });
  const challenge = guidance?.challenge?.phase === 'over' ? undefined : guidance?.challenge;
  const unmet = guidance && challenge === undefined && firstUnmet(guidance.checks);
  return (
    <div ref={place} className="capture" tabIndex={-1} role="group" aria-label={t('pane.live')} data-testid="capture">
      <div className="capture__picture">
        <CameraVideo video={video} />
        {hasPicture ? <Overlay guidance={guidance} /> : <CameraTroubleHelp camera={state} />}
        {hasPicture && trouble !== undefined && (
          <p className="capture__trouble" role="alert" data-testid="capture-trouble">
            <ErrorSentence code={trouble} />
          </p>
        )}
      </div>
      <div className="capture__below">
        <BestFrames frames={best} />
        {unmet && guidance.mayTakeBest !== true && <UnmetCheck check={unmet} />}
        {guidance?.mayTakeBest === true && challenge === undefined && <TakeBest />}
        <button
          type="button"
          className="plain-button capture__details"
          onClick={() => setDetails(!details)}
          data-testid="check-details"
        >
          <ListIcon />
          {t('live.details')} <kbd>F7</kbd>
        </button>
      </div>
      <ChecksDrawer open={details} checks={guidance?.checks ?? []} onClose={() => setDetails(false)} />
    </div>
  );
}
