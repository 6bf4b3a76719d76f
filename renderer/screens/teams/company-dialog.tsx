import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/station-context.tsx';
import { participantTypes } from '../../codes/participant-types.ts';
import { CodeSelect } from '../../components/code-select.tsx';
import { DayField } from '../../components/day-field.tsx';
import { FormField } from './form-field.tsx';
import { chinaToday } from './report-rules.ts';
import { useReportAction } from './use-report-action.ts';

interface Texts {
  readonly corpCode: string;
  readonly corpName: string;
  readonly corpType: string | undefined;
  readonly areaCode: string;
  readonly registerDate: string;
}

/** 006 is a labour subcontractor, whose teams most of them are. */
const nothing: Texts = { corpCode: '', corpName: '', corpType: '006', areaCode: '', registerDate: '' };

/** 统一社会信用代码 has 18 characters (GB 32100), the registration numbers before it 15. */
const isCreditCode = (text: string) => /^[0-9A-Z]{15}([0-9A-Z]{3})?$/.test(text);
const isDivision = (text: string) => /^[1-9]\d{5}$/.test(text);
const isPast = (day: string) => day <= chinaToday();

/** Both or neither: with one alone nothing could be entered. */
const isRegistration = ({ areaCode, registerDate }: Texts) =>
  (areaCode === '' && registerDate === '') || (isDivision(areaCode) && registerDate !== '' && isPast(registerDate));

interface FieldsProps {
  readonly texts: Texts;
  readonly onChange: (part: Partial<Texts>) => void;
}

function Fields({ texts, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { corpCode, areaCode, registerDate } = texts;
  const codeFault = corpCode === '' || isCreditCode(corpCode) ? undefined : 'malformed';
  const areaFault = areaCode === '' || isDivision(areaCode) ? undefined : 'malformed';
  const dayFault = isPast(registerDate) ? undefined : 'in-future';
  return (
    <div className="form-grid">
      <FormField id="company-name" label={t('teams.companyName')} width="wide">
        <Input
          id="company-name"
          value={texts.corpName}
          maxLength={200}
          autoFocus
          onChange={(event) => onChange({ corpName: event.target.value })}
          data-testid="company-name"
        />
      </FormField>
      <FormField id="company-code" label={t('teams.companyCode')} fault={codeFault}>
        <Input
          id="company-code"
          value={corpCode}
          maxLength={18}
          onChange={(event) => onChange({ corpCode: event.target.value.trim().toUpperCase() })}
          data-testid="company-code"
        />
      </FormField>
      <FormField id="company-type" label={t('teams.companyType')}>
        <CodeSelect
          id="company-type"
          table={participantTypes}
          value={texts.corpType}
          onChange={(corpType) => onChange({ corpType })}
        />
      </FormField>
      <FormField id="company-area" label={t('teams.companyArea')} fault={areaFault}>
        <Input
          id="company-area"
          value={areaCode}
          maxLength={6}
          inputMode="numeric"
          placeholder={t('teams.optional')}
          onChange={(event) => onChange({ areaCode: event.target.value.trim() })}
        />
      </FormField>
      <FormField id="company-registered" label={t('teams.companyRegistered')} fault={dayFault}>
        <DayField
          id="company-registered"
          value={registerDate}
          onChange={(day) => onChange({ registerDate: day })}
          clearable
        />
      </FormField>
    </div>
  );
}

interface ContentProps {
  readonly onClose: () => void;
}

function Content({ onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const { run } = useReportAction();
  const [texts, setTexts] = useState(nothing);
  const [asking, setAsking] = useState(false);
  const { corpCode, corpName, corpType, areaCode, registerDate } = texts;
  const isComplete = isCreditCode(corpCode) && corpName.trim() !== '' && isRegistration(texts);
  const add = async () => {
    if (corpType === undefined) return;
    setAsking(true);
    await run(async () => {
      const company = { corpCode, corpName: corpName.trim(), corpType };
      const registered = areaCode === '' ? {} : { registered: { areaCode, registerDate } };
      const { state, text = '' } = await client.call('company.add', { ...company, ...registered });
      if (state === 'refused') return void message.error(t('teams.companyAnswer.refused', { text }));
      void message.success(t(`teams.companyAnswer.${state}`));
      onClose();
    });
    setAsking(false);
  };
  return (
    <div className="teams__dialog" data-testid="company-dialog">
      <p>{t('teams.companyText')}</p>
      <Fields texts={texts} onChange={(part) => setTexts((before) => ({ ...before, ...part }))} />
      <div className="teams__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          loading={asking}
          disabled={!isComplete || corpType === undefined}
          onClick={() => void add()}
          data-testid="company-confirm"
        >
          {t('teams.companyConfirm')}
        </Button>
      </div>
    </div>
  );
}

/** Enters a company as taking part in the project (参建单位); the person waits for the platform's answer. */
export function CompanyDialog({ open, onClose }: ContentProps & { readonly open: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('teams.addCompany')}
      footer={null}
      centered
      width="42rem"
      destroyOnHidden
    >
      <Content onClose={onClose} />
    </Modal>
  );
}
