import { useTranslation } from 'react-i18next';
import { useStation } from '../../client/station-context.tsx';
import { CameraSection } from './camera-section.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { PrinterSection } from './printer-section.tsx';
import { ReaderList } from './reader-list.tsx';
import { ScannerSection } from './scanner-section.tsx';
import './devices.css';

/** The desk's devices: what each is, how it is, and its self-test. */
export function DevicesScreen() {
  const { t } = useTranslation();
  const account = useStation((snapshot) => snapshot.account?.state);
  return (
    <section className="devices" aria-labelledby="devices-title" data-testid="devices-screen">
      <h1 id="devices-title">{t('devices.title')}</h1>
      <ReaderList />
      <CameraSection />
      <PrinterSection />
      {/* What was scanned is gone once the desk is locked, while the screens stay as they are below the lock. */}
      <ScannerSection key={account} />
      <DiagnosticsSection />
    </section>
  );
}
