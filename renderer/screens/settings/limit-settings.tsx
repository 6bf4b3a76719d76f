import { App, Button, InputNumber } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { DayField } from '../../components/day-field.tsx';
import {
  type GateField,
  gateFields,
  isContradictory,
  type KeptClass,
  keptClasses,
  leastDays,
  shownLimit,
  type Step,
  withLimit,
} from './limit-fields.ts';
import { LockedRecordsDialog } from './locked-records-dialog.tsx';

type Limits = Result<'limits.get'>;

interface PartProps {
  readonly limits: Limits;
  readonly onChange: (limits: Limits) => void;
}

function GateRow({ field, limits, onChange }: PartProps & { readonly field: GateField }) {
  const { t } = useTranslation();
  const { gates } = limits;
  const label = t(`limits.gate.${field.name}`);
  const input = (step: Step) => (
    <InputNumber
      min={0}
      value={shownLimit(gates, field, step)}
      status={isContradictory(gates, field) ? 'error' : ''}
      placeholder={t('limits.none')}
      aria-label={`${label} ${t(`limits.${step}`)}`}
      onChange={(shown) => onChange({ ...limits, gates: withLimit(gates, field, step, shown || null) })}
      data-testid={`limit-${field.name}-${step}`}
    />
  );
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{input('warn')}</td>
      <td>{input('block')}</td>
      <td className="settings__unit">{t(`limits.unit.${field.name}`)}</td>
    </tr>
  );
}

function Gates(props: PartProps) {
  const { t } = useTranslation();
  return (
    <table className="settings__limits">
      <thead>
        <tr>
          <th scope="col">{t('limits.when')}</th>
          <th scope="col">{t('limits.warn')}</th>
          <th scope="col">{t('limits.block')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {gateFields.map((field) => (
          <GateRow key={field.name} field={field} {...props} />
        ))}
      </tbody>
    </table>
  );
}

function KeptRow({ kept, limits, onChange }: PartProps & { readonly kept: KeptClass }) {
  const { t } = useTranslation();
  const { retention } = limits;
  const change = (days: number | null) =>
    days !== null && onChange({ ...limits, retention: { ...retention, [kept]: Math.round(days) } });
  return (
    <tr>
      <th scope="row">{t(`limits.kept.${kept}`)}</th>
      <td>
        <InputNumber
          min={leastDays[kept]}
          max={36_500}
          value={retention[kept]}
          aria-label={t(`limits.kept.${kept}`)}
          onChange={change}
          data-testid={`kept-${kept}`}
        />
      </td>
      <td className="settings__unit">{t('limits.days')}</td>
    </tr>
  );
}

/** The ledger's time does not run before the project is completed and paid. */
function Completion({ project, limits, onChange }: PartProps & { readonly project: string }) {
  const { t } = useTranslation();
  const { retention } = limits;
  const change = (day: string) => {
    const { [project]: _former, ...others } = retention.completed;
    const completed = day === '' ? others : { ...others, [project]: day };
    onChange({ ...limits, retention: { ...retention, completed } });
  };
  return (
    <tr>
      <th scope="row">{t('limits.completed')}</th>
      <td colSpan={2}>
        <DayField
          value={retention.completed[project] ?? ''}
          label={t('limits.completed')}
          onChange={change}
          testId="project-completed"
          clearable
        />
      </td>
    </tr>
  );
}

function Retention({ project, ...props }: PartProps & { readonly project: string | undefined }) {
  return (
    <table className="settings__limits">
      <tbody>
        {keptClasses.map((kept) => (
          <KeptRow key={kept} kept={kept} {...props} />
        ))}
        {project !== undefined && <Completion project={project} {...props} />}
      </tbody>
    </table>
  );
}

function LockedRecords() {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div className="settings__switch">
      <div>
        <strong>{t('limits.locked')}</strong>
        <span>{t('limits.lockedText')}</span>
      </div>
      <Button onClick={() => setShown(true)} data-testid="locked-records">
        {t('limits.lockedShow')}
      </Button>
      {shown && <LockedRecordsDialog onClose={() => setShown(false)} />}
    </div>
  );
}

/** What holds an enrolment up, and how long each class of data is kept. */
export function LimitSettings({ project }: { readonly project: string | undefined }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [limits, setLimits] = useState<Limits>();
  useEffect(() => void act(async () => setLimits(await client.call('limits.get', {}))), [client, act]);
  if (limits === undefined) return null;
  const isWrong = gateFields.some((field) => isContradictory(limits.gates, field));
  const save = async () => {
    if (await act(async () => setLimits(await client.call('limits.set', limits))))
      void message.success(t('limits.saved'));
  };
  const parts = { limits, onChange: setLimits };
  return (
    <section className="settings__section settings__section--kept" data-testid="limit-settings">
      <h2>{t('limits.title')}</h2>
      <p>{t('limits.text')}</p>
      <Gates {...parts} />
      {isWrong && (
        <p className="settings__trouble" role="alert">
          {t('limits.contradiction')}
        </p>
      )}
      <h3>{t('limits.keptTitle')}</h3>
      <p>{t('limits.keptText')}</p>
      <Retention project={project} {...parts} />
      <p>
        <Button type="primary" disabled={isWrong} onClick={() => void save()} data-testid="limits-save">
          {t('app.save')}
        </Button>
      </p>
      <LockedRecords />
    </section>
  );
}
