import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PracticeCard } from '../../native-bridge/contract/station.ts';
import { camera } from '../camera/camera.ts';
import { CameraVideo } from '../camera/camera-video.tsx';
import { FrameGrabber } from '../camera/frame.ts';
import { useCameraPicture } from '../camera/use-camera.ts';
import { pairMember } from '../i18n/language.ts';
import { CameraTroubleHelp } from '../screens/enrol/camera-trouble-help.tsx';

/** Proportions of the portrait on the chip (GA 461: 102×126). */
const portraitShape = { width: 102, height: 126 };

interface ContentProps {
  readonly cards: readonly PracticeCard[];
  readonly onTake: (name: string, portrait: Uint8Array) => void;
}

function Content({ cards, onTake }: ContentProps) {
  const { t, i18n } = useTranslation();
  const { state, video } = useCameraPicture();
  const [name, setName] = useState(cards[0]?.name);
  const take = async () => {
    if (video.current === null || name === undefined) return;
    onTake(
      name,
      await new FrameGrabber(video.current).grab({ shape: portraitShape, rotation: camera.settings().rotation }),
    );
  };
  return (
    <div className="practice-camera">
      <p>{t('practice.cameraText')}</p>
      <div className="practice-camera__picture">
        <CameraVideo video={video} />
        <CameraTroubleHelp camera={state} />
      </div>
      <label className="practice-camera__base">
        <span>{t('practice.basedOn')}</span>
        <Select
          value={name ?? ''}
          onChange={setName}
          options={cards.map((card) => ({ value: card.name, label: card.title[pairMember(i18n.language)] }))}
        />
      </label>
      <Button
        type="primary"
        block
        disabled={state.state !== 'live'}
        onClick={() => void take()}
        data-testid="practice-take"
      >
        {t('practice.take')}
      </Button>
    </div>
  );
}

interface Props {
  readonly open: boolean;
  readonly cards: readonly PracticeCard[];
  readonly onClose: () => void;
  readonly onTake: (name: string, portrait: Uint8Array) => Promise<void>;
}

/** Makes a practice card whose portrait is the person in front of the camera. */
export function PracticeCameraDialog({ open, cards, onClose, onTake }: Props) {
  const { t } = useTranslation();
  const take = (name: string, portrait: Uint8Array) => {
    onClose();
    void onTake(name, portrait);
  };
  return (
    <Modal open={open} onCancel={onClose} title={t('practice.cameraTitle')} footer={null} destroyOnHidden>
      <Content cards={cards} onTake={take} />
    </Modal>
  );
}
