import { beforeEach, describe, expect, it } from 'vitest';
import type { CardReading } from '../../native-bridge/contract/card.ts';
import { exampleRecord, FakeStation } from './fake-station.ts';
import { StationState, withRecord } from './station-state.ts';

const noPictures = { card: new Uint8Array(), photo: new Uint8Array(), signature: new Uint8Array() };
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

const card = (readAt: string): CardReading => ({
  fields: {
    kind: 'mainland',
    name: '韦试样',
    sexCode: '1',
    ethnicCode: '08',
    ethnicGroup: '壮',
    birth: '1986-04-09',
    address: '测试县示例村',
    number: '45999919860409001X',
    authority: '测试县公安局',
    validFrom: '2016-05-20',
    validTo: { kind: 'long-term' },
  },
  portrait: { state: 'missing', code: 'portrait.no-decoder' },
  nativePlace: { code: '459999', level: 'unknown', name: '', abolished: false },
  findings: [],
  ageYears: 40,
  samNumber: '',
  transport: 'serial',
  readAt,
  readMs: 800,
});

describe('StationState', () => {
  let fake: FakeStation;
  let station: StationState;
  beforeEach(async () => {
    fake = new FakeStation(noPictures);
    fake.records = [exampleRecord({ name: '覃示例' })];
    station = new StationState(fake);
    await settled();
  });

  it('asks for everything once it is connected', () => {
    expect(station.snapshot()).toMatchObject({
      connected: true,
      enrolmentKnown: true,
      status: { version: fake.status.version },
      reader: { state: 'ready' },
      recent: [{ name: '覃示例' }],
    });
  });

  it("has the data standard's tables at once, and the platform's own as soon as the station has told them", async () => {
    const own = [{ code: '241', zh: '手工木工', en: 'Hand carpenter', initials: 'sgmg' }];
    const platform = new FakeStation(noPictures);
    platform.codes = { ...platform.codes, workType: own };
    const page = new StationState(platform);
    expect(page.snapshot().codes.workType.length).toBeGreaterThan(30);
    await settled();
    expect(page.snapshot().codes.workType).toEqual(own);
  });

  it('follows events and tells its listeners', () => {
    let told = 0;
    const stop = station.subscribe(() => (told += 1));
    fake.emit('reader.changed', { state: 'trouble', code: 'reader.unplugged' });
    expect(station.snapshot().reader).toEqual({ state: 'trouble', code: 'reader.unplugged' });
    stop();
    fake.emit('reader.changed', { state: 'ready' });
    expect(told).toBe(1);
  });

  it('drops the enrolment once there is none', () => {
    fake.layCard(card('2026-03-05T08:00:00Z'));
    expect(station.snapshot().enrolment?.draft.card?.fields.name).toBe('韦试样');
    fake.emit('enrolment.changed', {});
    expect(station.snapshot()).not.toHaveProperty('enrolment');
  });

  it('keeps the trouble with a card until another card is read or it is dismissed', () => {
    fake.layCard(card('2026-03-05T08:00:00Z'));
    fake.emit('card.trouble', { code: 'enrolment.other-card' });
    fake.emit('enrolment.changed', { enrolment: { ...station.snapshot().enrolment!, stage: 'photo' } });
    expect(station.snapshot().cardTrouble).toEqual({ code: 'enrolment.other-card' });
    fake.layCard(card('2026-03-05T08:01:00Z'));
    expect(station.snapshot()).not.toHaveProperty('cardTrouble');
    fake.emit('card.trouble', { code: 'card.moved' });
    station.dismissCardTrouble();
    expect(station.snapshot()).not.toHaveProperty('cardTrouble');
  });
});

describe('withRecord', () => {
  const at = (minute: number) => `2026-03-05T08:${String(minute).padStart(2, '0')}:00Z`;
  const [third, second, first] = [3, 2, 1].map((minute) => exampleRecord({ sealedAt: at(minute) }));

  it('puts a new record at the head and lets the oldest go', () => {
    expect(withRecord([second!, first!], third!, 2)).toEqual([third, second]);
  });

  it('renews a listed record in its place', () => {
    const changed = { ...first!, state: 'confirmed' as const };
    expect(withRecord([second!, first!], changed, 2)).toEqual([second, changed]);
  });

  it('leaves out a change to a record that is older than what is shown', () => {
    expect(withRecord([third!, second!], first!, 2)).toEqual([third, second]);
  });
});
