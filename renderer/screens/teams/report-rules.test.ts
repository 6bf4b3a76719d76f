import { describe, expect, it } from 'vitest';
import {
  chinaToday,
  contractFaults,
  faultsIn,
  numberIn,
  passageFaults,
  scoreFault,
  trainingFaults,
} from './report-rules.ts';

const today = '2026-11-26';

describe('rules of what is reported', () => {
  it.each([
    ['', 'missing'],
    ['2026-11-27', 'in-future'],
    ['2026-11-26', undefined],
  ])('a day of coming or leaving %s: %s', (date, fault) => {
    expect(passageFaults(date, today)).toEqual(fault === undefined ? {} : { date: fault });
  });

  it('a contract ends after it begins, and has a price with its unit', () => {
    const good = { startDate: '2026-11-01', endDate: '2027-10-31', unit: undefined, unitPrice: '' };
    expect(contractFaults(good)).toEqual({});
    expect(contractFaults({ ...good, endDate: '2026-10-31' })).toEqual({ endDate: 'wrong-order' });
    expect(contractFaults({ ...good, startDate: '', endDate: '' })).toEqual({
      startDate: 'missing',
      endDate: 'missing',
    });
    expect(contractFaults({ ...good, unit: '81' })).toEqual({ unitPrice: 'missing' });
    expect(contractFaults({ ...good, unit: '81', unitPrice: '12.345' })).toEqual({ unitPrice: 'malformed' });
    expect(contractFaults({ ...good, unit: '81', unitPrice: '12.30' })).toEqual({});
  });

  it('a training has its day, hours, topic and kind', () => {
    const good = { trainingDate: today, trainingDuration: '4.5', trainingName: '安全', trainingTypeCode: '003001' };
    expect(trainingFaults(good, today)).toEqual({});
    const empty = { trainingDate: '', trainingDuration: '', trainingName: ' ', trainingTypeCode: undefined };
    expect(Object.values(trainingFaults(empty, today))).toEqual(['missing', 'missing', 'missing', 'missing']);
    expect(trainingFaults({ ...good, trainingDuration: '0' }, today)).toEqual({ trainingDuration: 'out-of-range' });
    expect(trainingFaults({ ...good, trainingDuration: '4.25' }, today)).toEqual({ trainingDuration: 'malformed' });
  });

  it.each([
    ['', undefined],
    ['92.5', undefined],
    ['100', undefined],
    ['100.1', 'out-of-range'],
    ['九十', 'malformed'],
  ])('a score %s: %s', (score, fault) => {
    expect(scoreFault(score)).toBe(fault);
  });

  it('shows what the station found at its field, also what this page does not know', () => {
    expect(faultsIn('endDate:wrong-order unitPrice:malformed')).toEqual({
      endDate: 'wrong-order',
      unitPrice: 'malformed',
    });
    expect(faultsIn('corpCode:strange')).toEqual({ other: 'malformed' });
    expect(faultsIn(undefined)).toEqual({});
  });

  it('counts days as the platform does', () => {
    expect(chinaToday(new Date('2026-11-25T16:30:00Z'))).toBe('2026-11-26');
    expect(numberIn(' 3.5 ', 1)).toBe(3.5);
  });
});
