import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../../client/station-context.tsx';
import { useShortcut } from '../../components/shortcut.ts';
import { useExpected } from './use-expected.ts';

const ExpectedDrawer = lazy(async () => ({ default: (await import('./expected-drawer.tsx')).ExpectedDrawer }));

/** How many of the team's list have come; opens the list. Beside it, what the list says of the card in work. */
export function ExpectedStrip() {
  const { t } = useTranslation();
  const expected = useExpected();
  const [opened, setOpened] = useState(false);
  const { mode, workers, came, listing } = expected;
  const entryDate = useStation(({ enrolment }) => enrolment?.draft.fields.entryDate);
  useShortcut('F3', true, (event) => {
    event.preventDefault();
    setOpened(true);
  });
  return (
    <>
      {listing && listing.kind !== 'listed' && (
        <strong role="status" data-testid="listing">
          {t(`expected.listing.${listing.kind}`, { number: listing.listedNumber ?? '', team: listing.teamName ?? '' })}
        </strong>
      )}
      {listing?.listedName !== undefined && (
        <strong role="status" data-testid="listing">
          {t('expected.listing.name', { name: listing.listedName })}
        </strong>
      )}
      {entryDate !== undefined && <span data-testid="entry-date">{t('expected.entry', { date: entryDate })}</span>}
      <button type="button" className="strip__help" onClick={() => setOpened(true)} data-testid="expected-open">
        {mode.on ? t('expected.open', { came, all: workers.length }) : t('expected.title')} <kbd>F3</kbd>
      </button>
      <Suspense fallback={null}>
        {opened && <ExpectedDrawer open expected={expected} onClose={() => setOpened(false)} />}
      </Suspense>
    </>
  );
}
