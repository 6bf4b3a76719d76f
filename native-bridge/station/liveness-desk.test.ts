import { describe, expect, it } from 'vitest';
import type { LivenessSenses } from '../capture/liveness/session.ts';
import { testFace } from '../capture/test-face.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { Draft } from '../contract/enrolment.ts';
import type { LivenessMode } from '../contract/liveness.ts';
import { demandSealable, withAttestation } from '../enrolment/draft.ts';
import { completeDraft } from '../enrolment/test-draft.ts';
import type { RgbImage } from '../face/types.ts';
import { EnrolmentDesk } from './enrolment-desk.ts';
import { LivenessDesk } from './liveness-desk.ts';

const image: RgbImage = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 3) };
const refusing = (code: ErrorCode) => expect.objectContaining({ code }) as Error;
const now = () => new Date('2026-11-23T01:00:00Z');

/** The person that stands in front of the camera. */
let person = 0;
const senses: LivenessSenses = {
  canMeasureLids: true,
  lids: async () => [0.3, 0.3],
  describe: async () => new Float32Array(128).fill(person),
  scores: async () => ({}),
};

const photographed = (): Draft => {
  const { liveness: _liveness, ...draft } = completeDraft();
  return draft;
};

function desk(mode: LivenessMode, draft: Draft = photographed()) {
  person = 0;
  const settings = new Map<string, unknown>();
  const trail: { readonly action: string; readonly detail?: object | undefined }[] = [];
  const sealed: Draft[] = [];
  const enrolment = new EnrolmentDesk({
    store: {
      drafts: { current: () => draft, save: () => undefined, discard: () => undefined },
      records: {
        seal: (each) => (sealed.push(each), {} as never),
        findByNumber: () => undefined,
        lastUpdateOf: () => undefined,
      },
    },
    operator: () => '劳资员',
    projectCode: 'TEST0001',
    newId: () => '0190a6b0-0000-7000-8000-000000000002',
    now,
    team: () => undefined,
    demandOpen: () => undefined,
    aged: (draft) => draft,
    onChanged: () => undefined,
    onSealed: () => undefined,
  });
  const liveness = new LivenessDesk({
    store: {
      settings: {
        get: (key, schema) => schema.safeParse(settings.get(key)).data,
        set: (key, value) => void settings.set(key, value),
      },
      audit: {
        append: (entry) => void trail.push(entry),
        verify: () => ({ rows: 0 }),
        verifyInTurns: async () => ({ rows: 0 }),
        list: () => [],
      },
    },
    desk: enrolment,
    senses: async () => senses,
    projectCode: 'TEST0001',
    operator: () => '劳资员',
    now,
  });
  if (mode !== 'off') liveness.setMode(mode);
  liveness.begin(draft.id);
  let atMs = 0;
  /** `seconds` of somebody, or nobody, in front of the camera; what the last frame is answered with. */
  const watch = async (seconds: number, isThere = true) => {
    let told;
    for (let frame = 0; frame < seconds * 10; frame++) {
      const face = isThere ? testFace() : undefined;
      told = await liveness.look({ sequence: frame, image, faces: face ? [face] : [], atMs: (atMs += 100) }, face, []);
    }
    return told;
  };
  /** A row of attempts of somebody who never does what is asked for. */
  const failAll = async () => {
    let told = await watch(1);
    while (told?.phase !== 'over' && !(told?.phase === 'failed' && told.attemptsLeft === 0)) told = await watch(1);
    return told;
  };
  return { liveness, enrolment, trail, sealed, watch, failAll };
}

describe('how a project wants liveness looked at', () => {
  it('asks for nothing where it is off, and the seal is the statement of the operator', async () => {
    const { liveness, enrolment, sealed, watch } = desk('off');
    expect(await watch(2)).toBeUndefined();
    expect(liveness.mayShoot).toBe(true);
    expect(liveness.outcome()).toBeUndefined();
    enrolment.seal();
    expect(sealed[0]?.liveness).toEqual({
      mode: 'off',
      attestation: { version: '1', attestedBy: '劳资员', attestedAt: '2026-11-23T01:00:00.000Z' },
    });
  });

  it('goes on after a row of failures where it is recorded only, and keeps them', async () => {
    const { liveness, failAll } = desk('recorded');
    expect(liveness.mayShoot).toBe(false);
    expect(await failAll()).toEqual({ phase: 'over', passed: false });
    expect(liveness.mayShoot).toBe(true);
    expect(liveness.outcome()).toMatchObject({ mode: 'recorded', challenge: { passed: false } });
    expect(liveness.outcome()?.challenge?.attempts).toHaveLength(3);
  });

  it('stops there where it is required, until there are more attempts or an exception', async () => {
    const { liveness, enrolment, trail, failAll } = desk('required');
    expect(await failAll()).toMatchObject({ phase: 'failed', attemptsLeft: 0 });
    expect(liveness.mayShoot).toBe(false);
    liveness.again();
    expect(await failAll()).toMatchObject({ phase: 'failed', attemptsLeft: 0 });
    liveness.except({ reason: '面部受伤，无法完成动作', supervisor: '主管甲' });
    expect(liveness.mayShoot).toBe(true);
    expect(enrolment.demand().liveness).toMatchObject({ mode: 'required', exception: { supervisor: '主管甲' } });
    expect(liveness.outcome()).toMatchObject({ exception: { supervisor: '主管甲' }, challenge: { passed: false } });
    expect(trail.map(({ action }) => action)).toEqual(['liveness.mode-set', 'liveness.excepted']);
    expect(trail[1]?.detail).toMatchObject({ attempts: 6 });
  });

  it('takes an exception only where a challenge is required', () => {
    const exception = { reason: '面部受伤', supervisor: '主管甲' };
    expect(() => desk('off').liveness.except(exception)).toThrow(refusing('liveness.not-required'));
    expect(() => desk('recorded').liveness.except(exception)).toThrow(refusing('liveness.not-required'));
  });

  it('does not let attempts be drawn without end, nor by closing the camera', async () => {
    const { liveness, watch, failAll } = desk('required');
    await failAll();
    liveness.again();
    await failAll();
    expect(() => liveness.again()).toThrow(refusing('liveness.too-many-attempts'));

    const closing = desk('required');
    for (let time = 0; time < 3; time++) {
      await closing.watch(2);
      closing.liveness.begin(photographed().id);
    }
    expect(await closing.watch(1)).toMatchObject({ phase: 'failed', attemptsLeft: 0 });
    expect(await watch(1)).toMatchObject({ phase: 'failed' });
  });

  it('begins with nothing for the next worker', async () => {
    const { liveness, failAll } = desk('recorded');
    await failAll();
    liveness.begin('0190a6b0-0000-7000-8000-000000000009');
    expect(liveness.mayShoot).toBe(false);
    expect(liveness.outcome()).toEqual({ mode: 'recorded' });
  });
});

describe('a draft and liveness', () => {
  const required = (more: object): Draft => ({ ...completeDraft(), liveness: { mode: 'required', ...more } });
  const challenge = (passed: boolean) => ({
    challenge: { rules: 'challenge-1', passed, attempts: [], signals: { frames: 0, identicalFrames: 1, hints: [] } },
  });
  const exception = {
    exception: { reason: '面部受伤', supervisor: '主管甲', decidedBy: '劳资员', decidedAt: '2026-11-23T01:00:00.000Z' },
  };

  it('cannot be sealed without the challenge that is required, or an exception', () => {
    expect(() => demandSealable(required(challenge(false)))).toThrow(refusing('liveness.required'));
    for (const more of [challenge(true), exception]) expect(() => demandSealable(required(more))).not.toThrow();
  });

  it('needs no statement where the challenge was passed', () => {
    const by = { attestedBy: '劳资员', attestedAt: '2026-11-23T01:00:00.000Z' };
    expect(withAttestation(required(challenge(true)), by).liveness?.attestation).toBeUndefined();
    expect(withAttestation(required({ ...challenge(false), ...exception }), by).liveness?.attestation).toMatchObject(
      by,
    );
  });
});
