import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/station-context.tsx';
import { useAction } from './action.ts';
import { saveFile } from './save-file.ts';

/** Saves what support needs. It holds nothing about any person; whoever saves it can read it first. */
export function SupportFileButton({ size = 'middle' }: { readonly size?: 'middle' | 'large' }) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const save = () =>
    act(async () => {
      const { name, text } = await client.call('diagnostics.bundle', {});
      saveFile(name, new Blob([text], { type: 'application/json' }));
    });
  return (
    <Button size={size} onClick={() => void save()} data-testid="support-bundle">
      {t('diagnostics.bundle')}
    </Button>
  );
}
