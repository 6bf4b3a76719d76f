import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useCameraSettings } from './use-camera.ts';
import './camera-video.css';

/** The camera's picture as the worker expects it: mirrored and upright as the settings say, filling its place. */
export function CameraVideo({ video }: { readonly video: RefObject<HTMLVideoElement | null> }) {
  const { t } = useTranslation();
  const { mirror, rotation } = useCameraSettings();
  return (
    <div className="camera-video" data-mirror={mirror} data-rotation={rotation}>
      <video ref={video} autoPlay muted playsInline aria-label={t('live.video')} data-testid="live-video" />
    </div>
  );
}
