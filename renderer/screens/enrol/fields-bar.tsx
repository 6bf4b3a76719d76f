import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from 'react';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EnrolmentView, Missing } from '../../../native-bridge/contract/enrolment.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { isPressing, offerFocus, useShortcut } from '../../components/shortcut.ts';
import { play } from '../../sound/tones.ts';
import { FieldInputs, fieldId } from './field-inputs.tsx';
import { codeFieldNames, textFieldNames } from './field-values.ts';
import { OtherCardNotice } from './other-card-notice.tsx';
import { type Fields, useFields } from './use-fields.ts';
import { isRefused } from './verdict.ts';

/** Where the first missing field is typed. */
function missingInput(missing: readonly Missing[]): HTMLElement | null {
  const name = textFieldNames.find((candidate) => missing.some((item) => item === candidate));
  return name === undefined ? null : document.getElementById(fieldId(name));
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
    if (enrolment.missing.length > 0) return missingInput(enrolment.missing)?.focus();
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

/** A wage card reader types `;` or `%`, the number and Enter: that Enter goes on to the next field and must not seal. */
const swipeField = fieldId('payRollBankCardNumber');

/**
 * A swipe goes to the wage card's field wherever the cursor is: no other field takes the signs that it begins with.
 * Known by the keys' places, since a Chinese input method makes another sign of it.
 */
function useSwipe(enabled: boolean): void {
  useShortcut(undefined, enabled, ({ code, shiftKey, target }) => {
    const begins = code === (shiftKey ? 'Digit5' : 'Semicolon');
    if (!begins || !(target instanceof Element) || target.closest(`form, #${swipeField}`)) return;
    const field = document.getElementById(swipeField);
    if (!(field instanceof HTMLInputElement)) return;
    field.focus();
    field.select();
  });
}

/** With the photo compared, the cursor waits where the first missing field is typed. */
function useFocusOnFields(enrolment: EnrolmentView | undefined): void {
  const isTurn = enrolment?.stage === 'fields';
  const offer = useEffectEvent(() => offerFocus(missingInput(enrolment?.missing ?? [])));
  useEffect(() => {
    if (isTurn) offer();
  }, [isTurn]);
}

/** Enter on a closed list whose choice is made goes on, rather than opening it again. */
function isChosenList({ target, key, ctrlKey }: KeyboardEvent, { texts }: Fields): boolean {
  if (key !== 'Enter' || ctrlKey || !(target instanceof Element) || target.ariaExpanded === 'true') return false;
  return codeFieldNames.some((name) => target.id === fieldId(name) && texts[name] !== '');
}

/** Once a list's choice is made, the cursor is where the next missing field is typed. */
function useNextMissing(fields: Fields): () => Promise<void> {
  const station = useStationState();
  return async () => {
    const from = document.activeElement;
    await fields.save();
    if (document.activeElement === from) missingInput(station.snapshot().enrolment?.missing ?? [])?.focus();
  };
}

function useSealKeys(enrolment: EnrolmentView | undefined, seal: () => Promise<void>): void {
  const wholeScreen = enrolment?.stage === 'fields' || enrolment?.stage === 'ready';
  useShortcut('Enter', enrolment !== undefined, (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (!event.ctrlKey) {
      if (!wholeScreen && !target?.closest('.fields-bar')) return;
      if (target?.closest('.ant-select, form') || isPressing(event)) return;
      if (target?.id === swipeField) {
        event.preventDefault();
        const next = missingInput(enrolment?.missing ?? []) ?? document.getElementById(fieldId('urgentLinkMan'));
        return next?.focus();
      }
    }
    event.preventDefault();
    void seal();
  });
}

/** What nobody can supply: with one of these the rest need not be filled in. */
const bars: readonly Missing[] = ['age', 'black-list'];

function useSealText(enrolment: EnrolmentView | undefined): string {
  const { t } = useTranslation();
  if (enrolment === undefined) return t('seal.idle');
  if (isRefused(enrolment.draft)) return t('seal.mismatch');
  const bar = enrolment.missing.find((item) => bars.some((each) => each === item));
  if (bar !== undefined) return t('seal.barred', { why: t(`missing.${bar}`) });
  if (enrolment.missing.length === 0)
    return enrolment.draft.liveness?.challenge?.passed ? t('seal.ready') : t('liveness.sealStatement');
  return t('seal.missing', { list: enrolment.missing.map((item) => t(`missing.${item}`)).join(t('seal.separator')) });
}

/** So many things that are missing need three lines in English. */
const longList = 5;

function SealButton({
  enrolment,
  onSeal,
}: {
  readonly enrolment: EnrolmentView | undefined;
  readonly onSeal: () => void;
}) {
  const { t } = useTranslation();
  const text = useSealText(enrolment);
  const isLong = (enrolment?.missing.length ?? 0) >= longList;
  const ready = enrolment !== undefined && enrolment.missing.length === 0 && !isRefused(enrolment.draft);
  return (
    <button
      type="button"
      className={isLong ? 'seal seal--long' : 'seal'}
      disabled={!ready}
      onClick={onSeal}
      data-testid="seal"
      title={text}
    >
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
  useSwipe(enrolment !== undefined);
  useFocusOnFields(enrolment);
  const toNextMissing = useNextMissing(fields);
  const goOn = (event: KeyboardEvent) => {
    if (!isChosenList(event, fields)) return;
    event.preventDefault();
    event.stopPropagation();
    void seal();
  };
  const stage = enrolment?.stage;
  const active = stage === 'fields' || stage === 'ready';
  return (
    <>
      <OtherCardNotice fields={fields} citizenNumber={enrolment?.draft.card?.fields.number} />
      <section
        className={active ? 'fields-bar fields-bar--active' : 'fields-bar'}
        aria-label={t('fields.region')}
        data-testid="fields-bar"
        onKeyDownCapture={goOn}
      >
        <FieldInputs
          fields={fields}
          disabled={enrolment === undefined}
          teamTrade={enrolment?.draft.team?.workType}
          onChosen={() => void toNextMissing()}
        />
        <SealButton enrolment={enrolment} onSeal={() => void seal()} />
      </section>
    </>
  );
}
