import { Button, Segmented, Select, Slider, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  cameraNameOf,
  cameraRates,
  cameraRefusal,
  cameraRotations,
  type CameraSettings,
  cameraSizes,
  isVirtualCamera,
  usbIdsOf,
} from '../../../native-bridge/contract/camera.ts';
import { cameraTroubleCode } from '../../camera/camera.ts';
import type { CameraControl } from '../../camera/camera-controls.ts';
import { CameraVideo } from '../../camera/camera-video.tsx';
import { useCameraPicture } from '../../camera/use-camera.ts';
import { CameraTroubleHelp } from '../enrol/camera-trouble-help.tsx';
import { type OpenCamera, useCameraDevices } from './use-camera-devices.ts';
import './camera-section.css';

type Change = (part: Partial<CameraSettings>) => void;

interface RowProps {
  readonly label: string;
  readonly settings: CameraSettings;
  readonly isOpen: boolean;
  readonly onChange: Change;
}

function CameraMarks({ label, settings, isOpen }: Omit<RowProps, 'onChange'>) {
  const { t } = useTranslation();
  const isPaired = settings.paired.includes(label);
  if (isVirtualCamera(label)) return <span className="camera-mark camera-mark--bad">{t('cameraDevices.virtual')}</span>;
  return (
    <>
      {isOpen && <span className="camera-mark camera-mark--good">{t('cameraDevices.inUse')}</span>}
      {isPaired && <span className="camera-mark">{t('cameraDevices.paired')}</span>}
      {!isPaired && settings.paired.length > 0 && (
        <span className="camera-mark camera-mark--mind">{t('cameraDevices.notPaired')}</span>
      )}
    </>
  );
}

/** One camera that is there, or is paired and not there. */
function CameraRow({ label, settings, isOpen, onChange }: RowProps) {
  const { t } = useTranslation();
  const isPaired = settings.paired.includes(label);
  const others = settings.paired.filter((paired) => paired !== label);
  const usbIds = usbIdsOf(label);
  return (
    <li className="camera-row" data-testid="camera-row" data-open={isOpen}>
      <div>
        <strong>{cameraNameOf(label)}</strong>
        <span>{usbIds === undefined ? t('cameraDevices.noUsbIds') : t('cameraDevices.usb', { ids: usbIds })}</span>
      </div>
      <p className="camera-row__marks">
        <CameraMarks label={label} settings={settings} isOpen={isOpen} />
      </p>
      <div className="camera-row__actions">
        {!isOpen && cameraRefusal(label, settings) === undefined && (
          <Button onClick={() => onChange({ chosen: label })} data-testid="camera-use">
            {t('cameraDevices.use')}
          </Button>
        )}
        {!isVirtualCamera(label) && (
          <Button
            onClick={() => onChange({ paired: isPaired ? others : [...others, label] })}
            data-testid={isPaired ? 'camera-unpair' : 'camera-pair'}
          >
            {t(isPaired ? 'cameraDevices.unpair' : 'cameraDevices.pair')}
          </Button>
        )}
      </div>
    </li>
  );
}

interface ControlProps {
  readonly control: CameraControl;
  readonly onChange: (value: number | string) => void;
}

function Control({ control, onChange }: ControlProps) {
  const { t } = useTranslation();
  const label = t(`cameraDevices.control.${control.name}`);
  return (
    <label className="camera-setting">
      <span>{label}</span>
      {control.kind === 'mode' ? (
        <Select
          value={control.value}
          onChange={onChange}
          options={control.modes.map((value) => ({ value, label: t(`cameraDevices.mode.${value}`, value) }))}
        />
      ) : (
        <Slider
          key={control.value}
          defaultValue={control.value}
          min={control.minimum}
          max={control.maximum}
          step={control.step}
          onChangeComplete={onChange}
          ariaLabelForHandle={label}
        />
      )}
    </label>
  );
}

function Adjustments({ settings, open, onChange }: { settings: CameraSettings; open: OpenCamera; onChange: Change }) {
  const { t } = useTranslation();
  const { size, framesPerSecond, mirror, rotation, controls } = settings;
  return (
    <div className="camera-settings">
      <label className="camera-setting">
        <span>{t('cameraDevices.size')}</span>
        <Select
          value={size}
          onChange={(chosen) => onChange({ size: chosen })}
          options={cameraSizes.map((value) => ({ value, label: value.replace('x', ' × ') }))}
          data-testid="camera-size"
        />
      </label>
      <label className="camera-setting">
        <span>{t('cameraDevices.rate')}</span>
        <Select
          value={framesPerSecond}
          onChange={(chosen) => onChange({ framesPerSecond: chosen })}
          options={cameraRates.map((value) => ({ value, label: t('cameraDevices.perSecond', { value }) }))}
        />
      </label>
      <label className="camera-setting">
        <span>{t('cameraDevices.rotation')}</span>
        <Segmented
          value={rotation}
          onChange={(chosen) => onChange({ rotation: chosen })}
          options={cameraRotations.map((value) => ({ value, label: `${value}°` }))}
        />
      </label>
      <label className="camera-setting">
        <span>{t('cameraDevices.mirror')}</span>
        <Switch checked={mirror} onChange={(chosen) => onChange({ mirror: chosen })} data-testid="camera-mirror" />
      </label>
      {open.controls.map((control) => (
        <Control
          key={control.name}
          control={control}
          onChange={(value) => onChange({ controls: { ...controls, [control.name]: value } })}
        />
      ))}
      {open.controls.length === 0 && <p className="camera-settings__none">{t('cameraDevices.noControls')}</p>}
    </div>
  );
}

function Facts({ open }: { readonly open: OpenCamera }) {
  const { t } = useTranslation();
  if (open.camera === undefined) return null;
  const { width, height, framesPerSecond } = open.camera;
  const rate =
    framesPerSecond === undefined ? '' : ` · ${t('cameraDevices.perSecond', { value: Math.round(framesPerSecond) })}`;
  return <p className="camera-facts" data-testid="camera-facts">{`${width} × ${height}${rate}`}</p>;
}

/** The desk's cameras: which are there, which may be used, how, and what the one in use shows. */
export function CameraSection() {
  const { t } = useTranslation();
  const { state, video } = useCameraPicture();
  const { labels, settings, open, change } = useCameraDevices(state);
  return (
    <section className="devices__section" data-testid="camera-section">
      <h2>{t('cameraDevices.title')}</h2>
      <div className="camera-section">
        <div>
          <div className="camera-section__picture">
            <CameraVideo video={video} />
            {cameraTroubleCode(state) === undefined && state.state === 'live' ? (
              <Facts open={open} />
            ) : (
              <CameraTroubleHelp camera={state} />
            )}
          </div>
        </div>
        <div>
          <p className="camera-section__rule">
            {t(settings.paired.length === 0 ? 'cameraDevices.ruleOpen' : 'cameraDevices.rulePaired')}
          </p>
          <ul className="camera-list">
            {labels.map((label) => (
              <CameraRow
                key={label}
                label={label}
                settings={settings}
                isOpen={open.camera?.label === label}
                onChange={change}
              />
            ))}
          </ul>
          <Adjustments settings={settings} open={open} onChange={change} />
        </div>
      </div>
    </section>
  );
}
