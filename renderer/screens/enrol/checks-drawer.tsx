import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CheckResult } from '../../../native-bridge/contract/capture.ts';
import { limitText, valueText } from './check-text.ts';

interface Props {
  readonly open: boolean;
  readonly checks: readonly CheckResult[];
  readonly onClose: () => void;
}

/** Each check with what was measured and what is wanted; stays open beside the picture. */
export function ChecksDrawer({ open, checks, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} mask={false} title={t('live.details')} size="26rem" destroyOnHidden>
      <table className="checks" data-testid="checks-table">
        <thead>
          <tr>
            <th>{t('live.check')}</th>
            <th>{t('live.value')}</th>
            <th>{t('live.limit')}</th>
            <th>{t('live.result')}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.name} className={`checks__row checks__row--${check.status}`}>
              <th scope="row">{t(`check.${check.name}`)}</th>
              <td>{valueText(t, check)}</td>
              <td>{limitText(t, check)}</td>
              <td>{t(`checkStatus.${check.status}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Drawer>
  );
}
