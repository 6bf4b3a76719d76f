import { Dropdown, type MenuProps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../native-bridge/contract/station.ts';
import { useClient, useStation } from '../client/station-context.tsx';
import { useAction } from '../components/action.ts';
import { CardIcon } from '../components/icons.tsx';
import { pairMember } from '../i18n/language.ts';
import { PracticeCameraDialog } from './practice-camera-dialog.tsx';

type PracticeCards = Result<'practice.cards'>;

const nothing: PracticeCards = { cards: [] };

/** The practice cards and which of them lies on the reader; asked for again whenever the reader tells something. */
function usePracticeCards(): readonly [PracticeCards, () => void] {
  const client = useClient();
  const reader = useStation((snapshot) => snapshot.reader);
  const [cards, setCards] = useState(nothing);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    client.call('practice.cards', {}).then(
      (result) => current && setCards(result),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, reader, round]);
  return [cards, () => setRound((value) => value + 1)];
}

/** Lays practice cards on the virtual reader; only shown in practice. */
export function PracticeMenu() {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [{ cards, laid }, refresh] = usePracticeCards();
  const [cameraOpen, setCameraOpen] = useState(false);
  const lay = async (name: string, portrait?: Uint8Array) => {
    await act(async () => {
      if (laid !== undefined) await client.call('practice.lift', {});
      await client.call('practice.lay', { name, ...(portrait && { portrait }) });
    });
    refresh();
  };
  const lift = async () => {
    await act(() => client.call('practice.lift', {}));
    refresh();
  };
  const items: MenuProps['items'] = [
    {
      key: 'cards',
      type: 'group',
      label: t('practice.lay'),
      children: cards.map(({ name, title }) => ({
        key: `card:${name}`,
        label: <span data-testid={`practice-card-${name}`}>{title[pairMember(i18n.language)]}</span>,
        onClick: () => void lay(name),
      })),
    },
    { type: 'divider' },
    {
      key: 'camera',
      label: <span data-testid="practice-from-camera">{t('practice.fromCamera')}</span>,
      onClick: () => setCameraOpen(true),
    },
    {
      key: 'lift',
      label: <span data-testid="practice-lift">{t('practice.lift')}</span>,
      disabled: laid === undefined,
      onClick: () => void lift(),
    },
  ];
  return (
    <>
      <Dropdown menu={{ items, ...(laid !== undefined && { selectedKeys: [`card:${laid}`] }) }} trigger={['click']}>
        <button type="button" className="plain-button plain-button--practice" data-testid="practice-menu">
          <CardIcon />
          {t('practice.menu')}
        </button>
      </Dropdown>
      <PracticeCameraDialog open={cameraOpen} cards={cards} onClose={() => setCameraOpen(false)} onTake={lay} />
    </>
  );
}
