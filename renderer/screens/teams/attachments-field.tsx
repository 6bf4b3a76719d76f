import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { CrossIcon } from '../../components/icons.tsx';

export type Attachment = Result<'attachment.prepare'>;

const kilobytes = (bytes: number) => `${Math.max(1, Math.round(bytes / 1024))} KB`;

interface Props {
  readonly files: readonly Attachment[];
  readonly most: number;
  readonly onFiles: (files: readonly Attachment[]) => void;
}

/** Papers that go along. The station makes each chosen picture one that the platform takes. */
export function AttachmentsField({ files, most, onFiles }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const input = useRef<HTMLInputElement>(null);
  const choose = (chosen: readonly File[]) =>
    act(async () => {
      const prepared: Attachment[] = [...files];
      for (const file of chosen.slice(0, most - files.length)) {
        const bytes = new Uint8Array(await file.arrayBuffer());
        prepared.push(await client.call('attachment.prepare', { name: file.name, bytes }));
        onFiles([...prepared]);
      }
    });
  return (
    <div className="attachments">
      <input
        ref={input}
        type="file"
        accept="image/*,application/pdf"
        multiple
        hidden
        onChange={(event) => {
          void choose([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
        data-testid="attachment-input"
      />
      <ul>
        {files.map(({ name, data }, index) => (
          <li key={`${name} ${index}`}>
            <span title={name}>{name}</span>
            <small>{kilobytes(data.byteLength)}</small>
            <button
              type="button"
              aria-label={t('reports.remove', { name })}
              onClick={() => onFiles(files.filter((_, at) => at !== index))}
            >
              <CrossIcon />
            </button>
          </li>
        ))}
      </ul>
      <div className="attachments__add">
        <button
          type="button"
          className="plain-button"
          disabled={files.length >= most}
          onClick={() => input.current?.click()}
        >
          {t('reports.attach')}
        </button>
        <small>{t('reports.attachText', { count: most })}</small>
      </div>
    </div>
  );
}
