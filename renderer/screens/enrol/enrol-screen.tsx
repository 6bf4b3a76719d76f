import { useMemo, useState } from 'react';
import { useStation } from '../../client/station-context.tsx';
import { useShortcut } from '../../components/shortcut.ts';
import './card.css';
import './compare.css';
import './consent.css';
import './enrol.css';
import './fields.css';
import './live.css';
import { CardPane } from './card-pane.tsx';
import { CardTroubleBanner } from './card-trouble-banner.tsx';
import { ComparePane } from './compare-pane.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { EnrolActionsContext } from './enrol-actions.ts';
import { useEnrolmentSounds } from './enrolment-sounds.ts';
import { GateBanner } from './gate-banner.tsx';
import { FieldsBar } from './fields-bar.tsx';
import { LivePane } from './live-pane.tsx';
import { PracticeCoach } from './practice-coach.tsx';
import { RecentStrip } from './recent-strip.tsx';
import { RestoredDialog } from './restored-dialog.tsx';

/** What Escape closes by itself. */
const closing = '[aria-expanded=true], .ant-drawer, .ant-dropdown, form';

/** Card, live and compare beside each other, the remaining fields and the seal below: one screen, no pages. */
export function EnrolScreen() {
  const enrolment = useStation((snapshot) => snapshot.enrolment);
  const [discarding, setDiscarding] = useState(false);
  const actions = useMemo(() => ({ askDiscard: () => setDiscarding(true) }), []);
  useShortcut('Escape', enrolment !== undefined, ({ target }) => {
    if (!(target instanceof Element && target.closest(closing))) actions.askDiscard();
  });
  useEnrolmentSounds(enrolment);
  return (
    <EnrolActionsContext value={actions}>
      <div className="enrol" data-testid="enrol-screen" data-stage={enrolment?.stage ?? 'card'}>
        <GateBanner />
        <PracticeCoach />
        <CardTroubleBanner />
        <div className="enrol__panes">
          <CardPane enrolment={enrolment} />
          <LivePane enrolment={enrolment} />
          <ComparePane enrolment={enrolment} />
        </div>
        <FieldsBar key={enrolment?.draft.id ?? 'none'} enrolment={enrolment} />
        <RecentStrip />
      </div>
      <DiscardDialog open={discarding} onClose={() => setDiscarding(false)} />
      <RestoredDialog enrolment={enrolment} />
    </EnrolActionsContext>
  );
}
