import { useTranslation } from 'react-i18next';
import { cameraNameOf, cameraRefusal } from '../../../native-bridge/contract/camera.ts';
import { cameraTroubleCode } from '../../camera/camera.ts';
import { CameraVideo } from '../../camera/camera-video.tsx';
import { useCameraPicture } from '../../camera/use-camera.ts';
import { useCameraDevices } from '../devices/use-camera-devices.ts';
import { CameraTroubleHelp } from '../enrol/camera-trouble-help.tsx';
import { StepSheet } from './step-sheet.tsx';
import type { FirstRunWay } from './use-first-run.ts';

/** What the camera sees, and which one it is; the one that is taken is paired with the desk. */
export function CameraStep({ way }: { readonly way: FirstRunWay }) {
  const { t } = useTranslation();
  const { state, video } = useCameraPicture();
  const { labels, settings, open, change } = useCameraDevices(state);
  const isGood = state.state === 'live' && cameraTroubleCode(state) === undefined;
  const label = open.camera?.label;
  const use = () => {
    if (label !== undefined) change({ paired: [...new Set([...settings.paired, label])], chosen: label });
    way.next();
  };
  const goOn = { label: t(way.isAgain ? 'firstRun.next' : 'firstRun.camera.without'), onClick: way.next };
  const primary = isGood && !way.isAgain ? { label: t('firstRun.camera.use'), onClick: use } : goOn;
  return (
    <StepSheet
      title={t('firstRun.camera.title')}
      text={t('firstRun.camera.text')}
      way={way}
      primary={primary}
      skippable={isGood && !way.isAgain}
    >
      <div className="first-run__camera">
        <div className="first-run__picture" data-testid="first-run-picture" data-live={isGood}>
          <CameraVideo video={video} />
          {!isGood && <CameraTroubleHelp camera={state} />}
        </div>
        {way.isAgain && isGood && (
          <button type="button" className="plain-button" onClick={use}>
            {t('firstRun.camera.use')}
          </button>
        )}
        <ul className="first-run__list">
          {labels.map((each) => (
            <li key={each} className="first-run__found">
              <strong>{cameraNameOf(each)}</strong>
              {each === label && <span>{t('cameraDevices.inUse')}</span>}
              {each !== label && cameraRefusal(each, settings) === undefined && (
                <button type="button" className="plain-button" onClick={() => change({ chosen: each })}>
                  {t('firstRun.camera.other')}
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </StepSheet>
  );
}
