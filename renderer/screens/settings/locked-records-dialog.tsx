import { Button, Empty, Modal } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { momentText } from '../../components/moment.ts';

/** Records asked for at a time. */
const pageSize = 50;

function useLockedRecords() {
  const client = useClient();
  const act = useAction();
  const [records, setRecords] = useState<readonly RecordSummary[]>();
  const [hasMore, setHasMore] = useState(false);
  const load = useCallback(
    (known: readonly RecordSummary[]) =>
      act(async () => {
        const before = known.at(-1)?.sealedAt;
        const query = { limit: pageSize, ...(before !== undefined && { before }) };
        const found = (await client.call('record.locked', query)).records;
        setRecords([...known, ...found]);
        setHasMore(found.length === pageSize);
      }),
    [client, act],
  );
  useEffect(() => void load([]), [load]);
  return { records, more: hasMore ? () => void load(records ?? []) : undefined };
}

/** The records that a person's wish has locked, which no other list shows. */
export function LockedRecordsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { records, more } = useLockedRecords();
  return (
    <Modal open onCancel={onClose} title={t('limits.locked')} footer={null} width="44rem">
      <p>{t('limits.lockedLong')}</p>
      {records?.length === 0 && <Empty description={t('limits.lockedNone')} />}
      <ul className="settings__locked" data-testid="locked-list">
        {records?.map(({ id, name, maskedNumber, lockedAt }) => (
          <li key={id}>
            <strong>{name}</strong>
            <span>{maskedNumber}</span>
            {lockedAt !== undefined && (
              <span>{t('limits.lockedAt', { time: momentText(lockedAt, i18n.language) })}</span>
            )}
          </li>
        ))}
      </ul>
      {more && <Button onClick={more}>{t('limits.lockedMore')}</Button>}
    </Modal>
  );
}
