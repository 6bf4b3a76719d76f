import { App, Button, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupState } from '../../../native-bridge/contract/safety-calls.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

type Drives = Result<'backup.drives'>['drives'];
type Choose = (place: string | undefined) => Promise<void>;

function useDrives(): Drives {
  const client = useClient();
  const act = useAction();
  const [drives, setDrives] = useState<Drives>([]);
  useEffect(() => void act(async () => setDrives((await client.call('backup.drives', {})).drives)), [client, act]);
  return drives;
}

function FolderForm({ onChoose }: { readonly onChoose: Choose }) {
  const { t } = useTranslation();
  const [folder, setFolder] = useState('');
  return (
    <form
      className="settings__typed-key"
      onSubmit={(event) => {
        event.preventDefault();
        void onChoose(folder.trim());
      }}
    >
      <label htmlFor="backup-folder">{t('safety.placeFolder')}</label>
      <Input
        id="backup-folder"
        size="large"
        value={folder}
        maxLength={1000}
        spellCheck={false}
        onChange={(event) => setFolder(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={folder.trim() === ''}>
        {t('safety.placeUse')}
      </Button>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly chosen: boolean;
  readonly onChoose: () => Promise<void>;
}

function Choice({ label, chosen, onChoose }: ChoiceProps) {
  return (
    <Button size="large" type={chosen ? 'primary' : 'default'} aria-pressed={chosen} onClick={() => void onChoose()}>
      {label}
    </Button>
  );
}

interface Props {
  readonly state: BackupState;
  readonly onState: (state: BackupState) => void;
  readonly onClose: () => void;
}

/** The data folder, a removable drive, or a folder by its name. */
export function BackupPlaceDialog({ state, onState, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const drives = useDrives();
  const present = state.second?.place;
  const choose: Choose = async (place) => {
    const done = await act(async () =>
      onState(await client.call('backup.choose-place', place === undefined ? {} : { place })),
    );
    if (!done) return;
    void message.success(t('safety.placeChosen'));
    onClose();
  };
  const others = present === undefined || drives.some(({ path }) => path === present) ? [] : [present];
  return (
    <Modal open onCancel={onClose} title={t('safety.placeTitle')} footer={null} width="40rem">
      <div className="settings__key-dialog" data-testid="backup-place-dialog">
        <p>{t('safety.placeText')}</p>
        <div className="settings__places">
          <Choice label={t('safety.placeOwn')} chosen={present === undefined} onChoose={() => choose(undefined)} />
          {drives.map(({ path, label }) => (
            <Choice key={path} label={label} chosen={path === present} onChoose={() => choose(path)} />
          ))}
          {others.map((place) => (
            <Choice key={place} label={place} chosen onChoose={() => choose(place)} />
          ))}
        </div>
        <FolderForm onChoose={choose} />
      </div>
    </Modal>
  );
}
