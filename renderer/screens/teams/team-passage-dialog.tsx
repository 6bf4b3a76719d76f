import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamEntry, TeamSide } from '../../../native-bridge/contract/team.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { DayField } from '../../components/day-field.tsx';
import { type Attachment, AttachmentsField } from './attachments-field.tsx';
import { FormField } from './form-field.tsx';
import { chinaToday, passageFaults } from './report-rules.ts';

/** Papers of one day: the interface's limit. */
const mostFiles = 5;

interface ContentProps {
  readonly team: TeamEntry;
  readonly side: TeamSide;
  readonly onClose: () => void;
}

function Content({ team, side, onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const today = chinaToday();
  const [date, setDate] = useState(today);
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const isEarly = side === 'exit' && team.enteredOn !== undefined && date < team.enteredOn;
  const fault = passageFaults(date, today).date ?? (isEarly ? 'wrong-order' : undefined);
  const report = () =>
    act(async () => {
      await client.call('team.set-passage', { id: team.id, side, date, attachments: [...attachments] });
      void message.success(t('reports.made'));
      onClose();
    });
  return (
    <div className="teams__dialog" data-testid="team-passage-dialog">
      <p>{t(`teams.passageText.${side}`)}</p>
      <FormField id="team-passage-date" label={t('reports.field.date')} fault={fault}>
        <DayField id="team-passage-date" value={date} onChange={setDate} />
      </FormField>
      <AttachmentsField files={attachments} most={mostFiles} onFiles={setAttachments} />
      <div className="teams__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={fault !== undefined || attachments.length === 0}
          onClick={() => void report()}
          data-testid="team-passage-confirm"
        >
          {t(`teams.passageConfirm.${side}`)}
        </Button>
      </div>
    </div>
  );
}

/** The day on which a team came or left, with the papers that the platform asks for. */
export function TeamPassageDialog({ team, side, onClose }: Partial<ContentProps> & Pick<ContentProps, 'onClose'>) {
  const { t } = useTranslation();
  const isOpen = team !== undefined && side !== undefined;
  const title = isOpen ? t(`teams.passageTitle.${side}`, { name: team.teamName }) : '';
  return (
    <Modal open={isOpen} onCancel={onClose} title={title} footer={null} centered width="38rem" destroyOnHidden>
      {isOpen && <Content team={team} side={side} onClose={onClose} />}
    </Modal>
  );
}
