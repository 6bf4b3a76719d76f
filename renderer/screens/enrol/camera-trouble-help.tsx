import { useTranslation } from 'react-i18next';
import { camera, cameraTroubleCode, cameraTroubleName, type CameraState } from '../../camera/camera.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { HelpSteps } from '../../components/help-steps.tsx';
import { RetakeIcon } from '../../components/icons.tsx';

/** Over the picture while the camera gives none: what is wrong, what to do, and a button that tries again. */
export function CameraTroubleHelp({ camera: state }: { readonly camera: CameraState }) {
  const { t } = useTranslation();
  const code = cameraTroubleCode(state);
  const name = cameraTroubleName(state);
  if (state.state === 'live' && code === undefined) return null;
  if (code === undefined || name === undefined) {
    return (
      <p className="camera-trouble camera-trouble--opening" role="status">
        {t('live.opening')}
      </p>
    );
  }
  return (
    <div className="camera-trouble" role="alert" data-testid="camera-trouble" data-code={code}>
      <p className="camera-trouble__title">
        <ErrorSentence code={code} />
      </p>
      <HelpSteps steps={t(`camera.${name}Help`)} />
      <button
        type="button"
        className="plain-button plain-button--main"
        onClick={camera.retry}
        data-testid="camera-retry"
      >
        <RetakeIcon />
        {t('camera.retry')}
      </button>
    </div>
  );
}
