import { describe, expect, it } from 'vitest';
import type { TeamEntry } from '../contract/team.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { workerUpload } from '../enrolment/worker-upload.ts';
import { compareTeams, heldTeamOf } from './compare-teams.ts';
import { compareWorker } from './compare-worker.ts';

const here: TeamEntry = {
  id: '018f0000-0000-7000-8000-000000000001',
  projectCode: 'TEST0001',
  projectName: '示例项目',
  corpCode: '91459999TEST00001X',
  corpName: '示例劳务公司',
  teamName: '钢筋一班',
  teamSysNo: 7,
  leaderName: '覃示例',
  state: 'sent',
  workers: 3,
};
const row = { teamName: '钢筋一班', corpCode: here.corpCode, corpName: here.corpName, teamSysNo: '7' };
const kindsOf = (rows: readonly Record<string, string>[], own: readonly TeamEntry[] = [here]) =>
  compareTeams(
    rows.flatMap((each) => heldTeamOf(each) ?? []),
    own,
  ).map(({ kind, differences }) => [kind, ...differences]);

describe('teams on both sides', () => {
  it('are the same by their number, whatever they are called', () => {
    expect(kindsOf([{ ...row, teamName: '钢筋壹班' }])).toEqual([['changed', 'teamName']]);
  });

  it('are the same by name and company where the station has no number yet', () => {
    const { teamSysNo: _number, ...unnumbered } = here;
    expect(kindsOf([row], [unnumbered])).toEqual([['changed', 'teamSysNo']]);
    const other = { ...row, corpCode: '91459999TEST00002X', corpName: '另一公司' };
    expect(kindsOf([other], [unnumbered])).toEqual([['new'], ['only-here']]);
  });

  it('do not differ in what the platform does not tell', () => {
    expect(kindsOf([row])).toEqual([['same']]);
    expect(kindsOf([{ ...row, responsiblePersonName: '黄样本', exitTime: '2026-02-05 00:00:00' }])).toEqual([
      ['changed', 'leaderName', 'leftOn'],
    ]);
  });

  it('leave out a row without a name', () => {
    expect(kindsOf([{ teamSysNo: '9' }])).toEqual([['only-here']]);
  });
});

describe('a worker on both sides', () => {
  const draft = completeDraft();
  const longTerm = { ...testCard(), fields: { ...testCard().fields, validTo: { kind: 'long-term' as const } } };
  const record = {
    ...draft,
    card: longTerm,
    fields: { ...draft.fields, payRollBankCardNumber: '6217000000000000000' },
  };
  const upload = workerUpload(record, 1, { portrait: new Uint8Array(), photo: new Uint8Array() });
  const differing = (held: Record<string, string>) =>
    compareWorker(upload, held)
      .fields.filter(({ differs }) => differs)
      .map(({ name }) => name);

  it('says nothing against what the platform writes in its own way, or not at all', () => {
    expect(differing({})).toEqual([]);
    expect(differing({ expiryDate: '2099-12-31', nation: `${upload.nation}族`, isTeamLeader: '0' })).toEqual([]);
    expect(differing({ expiryDate: '长期', startDate: `${upload.startDate} 00:00:00` })).toEqual([]);
  });

  it('finds each difference, and shows bank numbers in part only', () => {
    const held = { expiryDate: '2030-01-01', cellPhone: '13900000009', payRollBankCardNumber: '6217000000000000001' };
    expect(differing(held)).toEqual(['cellPhone', 'payRollBankCardNumber', 'expiryDate']);
    const shown = JSON.stringify(compareWorker(upload, held));
    expect(shown).not.toMatch(/6217000000000000/);
    expect(shown).toContain('621700*********0001');
  });

  it('tells the days of coming and leaving', () => {
    const held = { entryTime: '2026-03-01 00:00:00', hasContract: '0' };
    expect(compareWorker(upload, held)).toMatchObject({ enteredOn: '2026-03-01', hasContract: false });
  });
});
