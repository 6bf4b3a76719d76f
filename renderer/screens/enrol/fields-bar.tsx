import { useRef } from 'react';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EnrolmentView, Missing } from '../../../native-bridge/contract/enrolment.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { isPressing, useShortcut } from '../../components/shortcut.ts';
import { play } from '../../sound/tones.ts';
import { FieldInputs, fieldId } from './field-inputs.tsx';
import { textFieldNames } from './field-values.ts';
import { OtherCardNotice } from './other-card-notice.tsx';
import { type Fields, useFields } from './use-fields.ts';
import { isRefused } from './verdict.ts';

/** Puts the cursor where the first missing field is typed. */
function focusMissing(missing: readonly Missing[]): void {
  const name = textFieldNames.find((candidate) => missing.some((item) => item === candidate));
  if (name !== undefined) document.getElementById(fieldId(name))?.focus();
}

/** Stores what is typed, then seals if nothing is missing, else shows what is. */
function useSeal(fields: Fields): () => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const underWay = useRef(false);
  const seal = async () => {
    if (!(await fields.save())) return;
    const { enrolment } = station.snapshot();
    if (enrolment === undefined || isRefused(enrolment.draft)) return;
    if (enrolment.missing.length > 0) return focusMissing(enrolment.missing);
    const name = enrolment.draft.card?.fields.name ?? '';
    const sealed = await act(async () => {
      await client.call('enrolment.seal', {});
      await station.refreshEnrolment();
    });
    if (!sealed) return;
    play('success');
    void message.success({ content: t('seal.sealed', { name }), key: 'sealed' });
  };
  // A second press while the first is under way means the same seal.
  return async () => {
    if (underWay.current) return;
    underWay.current = true;
    await seal().finally(() => (underWay.current = false));
  };
}

/** A wage card reader types the number and Enter: that Enter goes on to the next field and must not seal. */
const swipeField = `#${fieldId('payRollBankCardNumber')}`;

function useSealKeys(enrolment: EnrolmentView | undefined, seal: () => Promise<void>): void {
  const wholeScreen = enrolment?.stage === 'fields' || enrolment?.stage === 'ready';
  useShortcut('Enter', enrolment !== undefined, (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (!event.ctrlKey) {
      if (!wholeScreen && !target?.closest('.fields-bar')) return;
      if (target?.closest('.ant-select, form') || isPressing(event)) return;
      if (target?.matches(swipeField)) {
        event.preventDefault();
        return document.getElementById(fieldId('urgentLinkMan'))?.focus();
      }
    }
    event.preventDefault();
    void seal();
  });
}

function useSealText(enrolment: EnrolmentView | undefined): string {
  const { t } = useTranslation();
  if (enrolment === undefined) return t('seal.idle');
  if (isRefused(enrolment.draft)) return t('seal.mismatch');
  if (enrolment.missing.length === 0)
    return enrolment.draft.liveness?.challenge?.passed ? t('seal.ready') : t('liveness.sealStatement');
  return t('seal.missing', { list: enrolment.missing.map((item) => t(`missing.${item}`)).join(t('seal.separator')) });
}

function SealButton({
  enrolment,
  onSeal,
}: {
  readonly enrolment: EnrolmentView | undefined;
  readonly onSeal: () => void;
}) {
  const { t } = useTranslation();
  const text = useSealText(enrolment);
  const ready = enrolment !== undefined && enrolment.missing.length === 0 && !isRefused(enrolment.draft);
  return (
    <button type="button" className="seal" disabled={!ready} onClick={onSeal} data-testid="seal" title={text}>
      <strong>
        {t('seal.button')} <kbd>Enter</kbd>
      </strong>
      <span data-testid="seal-missing">{text}</span>
    </button>
  );
}

/** The few fields that the card does not give, and the seal. */
export function FieldsBar({ enrolment }: { readonly enrolment: EnrolmentView | undefined }) {
  const { t } = useTranslation();
  const fields = useFields(enrolment);
  const seal = useSeal(fields);
  useSealKeys(enrolment, seal);
  const stage = enrolment?.stage;
  const active = stage === 'fields' || stage === 'ready';
  return (
    <>
      <OtherCardNotice fields={fields} citizenNumber={enrolment?.draft.card?.fields.number} />
      <section
        className={active ? 'fields-bar fields-bar--active' : 'fields-bar'}
        aria-label={t('fields.region')}
        data-testid="fields-bar"
      >
        <FieldInputs fields={fields} disabled={enrolment === undefined} teamTrade={enrolment?.draft.team?.workType} />
        <SealButton enrolment={enrolment} onSeal={() => void seal()} />
      </section>
    </>
  );
}
