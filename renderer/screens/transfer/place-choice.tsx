import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferPlace } from '../../../native-bridge/contract/transfer-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { sizeText } from './size-text.ts';
import type { Asked } from './use-transfer.ts';

function FolderForm({ onPlaces }: { readonly onPlaces: (places: readonly TransferPlace[]) => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [folder, setFolder] = useState('');
  const use = () =>
    act(async () => onPlaces((await client.call('transfer.set-folder', { folder: folder.trim() })).places));
  return (
    <form
      className="transfer__row"
      onSubmit={(event) => {
        event.preventDefault();
        void use();
      }}
    >
      <Input
        value={folder}
        onChange={(event) => setFolder(event.target.value)}
        placeholder={t('transfer.folder')}
        aria-label={t('transfer.folder')}
        data-testid="transfer-folder"
      />
      <button type="submit" className="plain-button" disabled={folder.trim() === ''} data-testid="use-folder">
        {t('transfer.useFolder')}
      </button>
    </form>
  );
}

interface Props {
  readonly label: string;
  readonly places: Asked<readonly TransferPlace[]>;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** The removable drives and the named folder; one of them is chosen. */
export function PlaceChoice({ label, places, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const [naming, setNaming] = useState(false);
  const shown = places.value ?? [];
  return (
    <fieldset className="transfer__field">
      <legend>{label}</legend>
      {places.value !== undefined && shown.length === 0 && <p className="transfer__hint">{t('transfer.noPlace')}</p>}
      <div className="transfer__choices">
        {shown.map(({ id, label: name, freeBytes }) => (
          <button
            key={id}
            type="button"
            className="choice"
            aria-pressed={chosen === id}
            onClick={() => onChoose(id)}
            data-testid="transfer-place"
          >
            <strong>{name}</strong>
            {freeBytes !== undefined && <span>{t('transfer.free', { size: sizeText(freeBytes) })}</span>}
          </button>
        ))}
        <button type="button" className="plain-button" onClick={places.ask} data-testid="places-again">
          {t('transfer.again')}
        </button>
        <button
          type="button"
          className="plain-button"
          aria-expanded={naming}
          onClick={() => setNaming(!naming)}
          data-testid="other-folder"
        >
          {t('transfer.otherFolder')}
        </button>
      </div>
      {naming && <FolderForm onPlaces={places.set} />}
    </fieldset>
  );
}

/** The chosen place while it is there, else the first one. */
export function chosenPlace(places: readonly TransferPlace[] | undefined, id: string | undefined) {
  return places?.find((place) => place.id === id) ?? places?.[0];
}
