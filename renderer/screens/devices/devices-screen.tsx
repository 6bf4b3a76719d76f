import { useTranslation } from 'react-i18next';
import { CameraSection } from './camera-section.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { ReaderList } from './reader-list.tsx';
import './devices.css';

/** The desk's devices: what each is, how it is, and its self-test. */
export function DevicesScreen() {
  const { t } = useTranslation();
  return (
    <section className="devices" aria-labelledby="devices-title" data-testid="devices-screen">
      <h1 id="devices-title">{t('devices.title')}</h1>
      <ReaderList />
      <CameraSection />
      <DiagnosticsSection />
    </section>
  );
}
