import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { faultOf, fieldsOf, type FieldTexts, textsOf } from './field-values.ts';

export interface Fields {
  readonly texts: FieldTexts;
  /** Changes an input and stores the fields if the value is one that can be stored. */
  readonly change: (part: Partial<FieldTexts>) => void;
  /** Stores what can be stored; resolves to whether the station took it. */
  readonly save: () => Promise<boolean>;
}

const sameFields = (a: FieldTexts, b: FieldTexts) => JSON.stringify(fieldsOf(a)) === JSON.stringify(fieldsOf(b));

/** The trade that most of the team have, where the draft has none yet. */
function firstTexts({ draft }: EnrolmentView): FieldTexts {
  const texts = textsOf(draft.fields);
  return texts.workType === '' ? { ...texts, workType: draft.team?.workType ?? '' } : texts;
}

const nothing = textsOf({});

/** The inputs of one enrolment; mounted anew for each. Saves go out one after another and only when something changed. */
export function useFields(enrolment: EnrolmentView | undefined): Fields {
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const [texts, setTexts] = useState(() => (enrolment ? firstTexts(enrolment) : nothing));
  const current = useRef(texts);
  const stored = useRef(enrolment ? textsOf(enrolment.draft.fields) : nothing);
  const underWay = useRef(Promise.resolve(true));
  const store = async (wanted: FieldTexts) => {
    const saved = await act(async () =>
      station.setEnrolment((await client.call('enrolment.set-fields', fieldsOf(wanted))).enrolment),
    );
    if (!saved) stored.current = nothing;
    return saved;
  };
  const save = () => {
    const wanted = current.current;
    if (enrolment === undefined || sameFields(wanted, stored.current)) return underWay.current;
    stored.current = wanted;
    underWay.current = underWay.current.then(() => store(wanted));
    return underWay.current;
  };
  const change = (part: Partial<Omit<FieldTexts, 'kept'>>) => {
    current.current = { ...current.current, ...part };
    setTexts(current.current);
    const storable = Object.entries(part).every(
      ([name, text]) =>
        name === 'isTeamLeader' ||
        (name !== 'urgentLinkMan' && faultOf(name as 'workType', String(text)) === undefined),
    );
    if (storable) void save();
  };
  const adoptTeam = useEffectEvent(() => {
    if (enrolment && current.current.workType === '') change({ workType: firstTexts(enrolment).workType });
  });
  const teamId = enrolment?.draft.team?.id;
  useEffect(() => adoptTeam(), [teamId]);
  const savePrefilled = useEffectEvent(() => void save());
  useEffect(() => savePrefilled(), []);
  return { texts, change, save };
}
