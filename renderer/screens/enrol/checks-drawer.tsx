import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CheckResult } from '../../../native-bridge/contract/capture.ts';
import { useStation } from '../../client/station-context.tsx';
import { pairMember } from '../../i18n/language.ts';
import { limitText, valueText } from './check-text.ts';

interface Props {
  readonly open: boolean;
  readonly checks: readonly CheckResult[];
  readonly onClose: () => void;
}

/** The picture standard that the limits come from. */
function ActiveProfile() {
  const { t, i18n } = useTranslation();
  const profile = useStation(({ status }) => status?.profile);
  if (profile === undefined) return null;
  const { title, version } = profile;
  return (
    <p className="checks__profile" data-testid="active-profile">
      {t('capture.profileNow', { title: title[pairMember(i18n.language)], version })}
    </p>
  );
}

/** Each check with what was measured and what is wanted; stays open beside the picture. */
export function ChecksDrawer({ open, checks, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} mask={false} title={t('live.details')} size="36rem" destroyOnHidden>
      <ActiveProfile />
      <table className="checks" data-testid="checks-table">
        <thead>
          <tr>
            <th>{t('live.check')}</th>
            <th>{t('live.value')}</th>
            <th>{t('live.limit')}</th>
            <th>{t('capture.quality')}</th>
            <th>{t('live.result')}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.name} className={`checks__row checks__row--${check.status}`}>
              <th scope="row">{t(`check.${check.name}`)}</th>
              <td>{valueText(t, check)}</td>
              <td>{limitText(t, check)}</td>
              <td>{check.quality ?? '—'}</td>
              <td>{t(`checkStatus.${check.status}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Drawer>
  );
}
