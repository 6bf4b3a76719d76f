import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Company } from '../../../native-bridge/contract/team-calls.ts';
import type { TeamDetails, TeamEntry, TeamOffers } from '../../../native-bridge/contract/team.ts';
import { useClient } from '../../client/station-context.tsx';
import { trades } from '../../codes/trades.ts';
import { useAction } from '../../components/action.ts';
import { CodeSelect } from '../../components/code-select.tsx';
import { FormField } from './form-field.tsx';

interface Texts {
  readonly teamName: string;
  readonly corpCode: string;
  readonly workType: string | undefined;
  readonly leaderName: string;
  readonly leaderPhone: string;
  readonly remark: string;
}

const textsOf = (team: TeamEntry | undefined, companies: readonly Company[]): Texts => ({
  teamName: team?.teamName ?? '',
  corpCode: team?.corpCode ?? companies[0]?.corpCode ?? '',
  workType: team?.workType,
  leaderName: team?.leaderName ?? '',
  leaderPhone: team?.leaderPhone ?? '',
  remark: team?.remark ?? '',
});

/** As the interface takes it: digits, with a sign or a space between. */
const isPhone = (text: string) => text === '' || /^[\d+\- ]{5,20}$/.test(text);

function detailsOf(texts: Texts, companies: readonly Company[]): TeamDetails {
  const { teamName, corpCode, workType, leaderName, leaderPhone, remark } = texts;
  const corpName = companies.find((company) => company.corpCode === corpCode)?.corpName ?? corpCode;
  return {
    teamName: teamName.trim(),
    corpCode,
    corpName,
    ...(workType && { workType }),
    ...(leaderName.trim() && { leaderName: leaderName.trim() }),
    ...(leaderPhone.trim() && { leaderPhone: leaderPhone.trim() }),
    ...(remark.trim() && { remark: remark.trim() }),
  };
}

/** The companies known here, and on request those that the platform lists. */
function useCompanies(known: readonly Company[]) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [more, setMore] = useState<readonly Company[]>([]);
  const companies = [...known, ...more.filter(({ corpCode }) => !known.some((each) => each.corpCode === corpCode))];
  const ask = () =>
    act(async () => {
      const listed = await client.call('company.list', {});
      setMore(listed.companies);
      void message.info(t('teams.companiesFound', { count: listed.companies.length }));
    });
  return { companies, ask };
}

interface ContentProps {
  readonly team: TeamEntry | undefined;
  readonly known: readonly Company[];
  readonly offers: TeamOffers;
  readonly onClose: () => void;
}

interface FieldsProps {
  readonly texts: Texts;
  readonly onChange: (part: Partial<Texts>) => void;
  readonly companies: readonly Company[];
  readonly fixed: boolean;
}

function PlaceFields({ texts, onChange, companies, fixed }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <FormField id="team-name" label={t('teams.name')} hint={fixed ? t('teams.fixedName') : undefined} width="wide">
        <Input
          id="team-name"
          value={texts.teamName}
          maxLength={100}
          disabled={fixed}
          autoFocus={!fixed}
          onChange={(event) => onChange({ teamName: event.target.value })}
          data-testid="team-name"
        />
      </FormField>
      <FormField id="team-company" label={t('teams.company')} width="wide">
        <Select
          id="team-company"
          value={texts.corpCode}
          disabled={fixed}
          options={companies.map(({ corpCode, corpName }) => ({ value: corpCode, label: corpName }))}
          onChange={(corpCode) => onChange({ corpCode })}
        />
      </FormField>
    </>
  );
}

function DetailFields({ texts, onChange }: Omit<FieldsProps, 'companies' | 'fixed'>) {
  const { t } = useTranslation();
  const text = (name: 'leaderName' | 'leaderPhone' | 'remark', maxLength: number) => (
    <Input
      id={`team-${name}`}
      value={texts[name]}
      maxLength={maxLength}
      placeholder={t('teams.optional')}
      onChange={(event) => onChange({ [name]: event.target.value })}
      data-testid={`team-${name}`}
    />
  );
  const phoneFault = isPhone(texts.leaderPhone.trim()) ? undefined : 'malformed';
  return (
    <>
      <FormField id="team-trade" label={t('teams.trade')}>
        <CodeSelect
          id="team-trade"
          table={trades}
          value={texts.workType}
          showCode
          clearable
          placeholder={t('fields.searchTrade')}
          onChange={(workType) => onChange({ workType })}
        />
      </FormField>
      <FormField id="team-leaderName" label={t('teams.leader')}>
        {text('leaderName', 50)}
      </FormField>
      <FormField id="team-leaderPhone" label={t('teams.leaderPhone')} fault={phoneFault}>
        {text('leaderPhone', 20)}
      </FormField>
      <FormField id="team-remark" label={t('teams.remark')}>
        {text('remark', 200)}
      </FormField>
    </>
  );
}

function Content({ team, known, offers, onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const { companies, ask } = useCompanies(known);
  const [texts, setTexts] = useState(() => textsOf(team, known));
  const change = (part: Partial<Texts>) => setTexts((before) => ({ ...before, ...part }));
  const isComplete = texts.teamName.trim() !== '' && texts.corpCode !== '' && isPhone(texts.leaderPhone.trim());
  const save = (upload: boolean) =>
    act(async () => {
      const details = detailsOf(texts, companies);
      const saved = await (team === undefined
        ? client.call('team.create', details)
        : client.call('team.change', { id: team.id, ...details }));
      if (upload) await client.call('team.upload', { id: saved.id });
      void message.success(t(upload ? 'teams.uploading' : 'teams.saved'));
      onClose();
    });
  const uploads = team === undefined && offers.upload;
  return (
    <form
      className="teams__dialog"
      data-testid="team-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) void save(uploads);
      }}
    >
      <div className="form-grid">
        <PlaceFields texts={texts} onChange={change} companies={companies} fixed={(team?.workers ?? 0) > 0} />
        <DetailFields texts={texts} onChange={change} />
      </div>
      <div className="teams__buttons">
        {offers.companies && (
          <button type="button" className="plain-button teams__aside" onClick={() => void ask()}>
            {t('teams.companyFromPlatform')}
          </button>
        )}
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {uploads && (
          <Button disabled={!isComplete} onClick={() => void save(false)} data-testid="team-save">
            {t('teams.create')}
          </Button>
        )}
        <Button type="primary" htmlType="submit" disabled={!isComplete} data-testid="team-save-main">
          {t(uploads ? 'teams.createAndUpload' : 'teams.create')}
        </Button>
      </div>
    </form>
  );
}

interface Props extends ContentProps {
  readonly open: boolean;
}

/** Adds a team, or changes what is said of one. */
export function TeamForm({ open, ...props }: Props) {
  const { t } = useTranslation();
  const { team, onClose } = props;
  const title = team === undefined ? t('teams.createTitle') : t('teams.editTitle', { name: team.teamName });
  return (
    <Modal open={open} onCancel={onClose} title={title} footer={null} centered width="46rem" destroyOnHidden>
      <Content {...props} />
    </Modal>
  );
}
