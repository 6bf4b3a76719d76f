import type { Team } from '../../native-bridge/contract/enrolment.ts';
import type { ReportSummary } from '../../native-bridge/contract/report.ts';
import type { ComparedTeam, TeamEntry } from '../../native-bridge/contract/team.ts';

/* Teams and reports of the scripted station. */

export const exampleTeam: Team = {
  id: '0197a000-0000-7000-8000-000000000001',
  projectCode: 'PX-0001',
  projectName: '青秀样板苑二期',
  corpCode: '91450000MA5EXAMPLE',
  corpName: '示例建筑劳务有限公司',
  teamName: '钢筋三班',
  workType: '020',
  teamSysNo: 1203,
};

const other = (order: number) => `0197a000-0000-7000-8000-00000000000${order}`;

const { teamSysNo: _number, ...unnumbered } = exampleTeam;

export const exampleTeams: readonly TeamEntry[] = [
  { ...exampleTeam, leaderName: '覃示例', leaderPhone: '13800000000', state: 'sent', workers: 46 },
  {
    ...unnumbered,
    id: other(2),
    teamName: '木工一班',
    workType: '240',
    leaderName: '黄样本',
    state: 'local',
    workers: 0,
  },
  {
    ...exampleTeam,
    id: other(3),
    teamName: '架子工班组',
    workType: '030',
    teamSysNo: 1187,
    leaderName: '莫测试',
    leaderPhone: '13900000000',
    enteredOn: '2026-03-01',
    state: 'adopted',
    workers: 18,
  },
  { ...unnumbered, id: other(4), teamName: '混凝土二班', workType: '040', state: 'waiting', workers: 7 },
  {
    ...exampleTeam,
    id: other(5),
    teamName: '水电安装班',
    workType: '130',
    teamSysNo: 1190,
    corpName: '样板机电安装有限公司',
    corpCode: '91450000MA5SAMPLE1',
    leaderName: '陆范例',
    state: 'changed',
    workers: 23,
  },
  {
    ...unnumbered,
    id: other(6),
    teamName: '防水班组',
    workType: '230',
    state: 'refused',
    workers: 0,
    error: { code: 'platform.record-refused', detail: 'corpCode' },
    platformText: '[corpCode]该单位不是本项目的参建单位',
  },
  {
    ...exampleTeam,
    id: other(7),
    teamName: '土方一班',
    workType: '010',
    teamSysNo: 1101,
    leaderName: '农示范',
    enteredOn: '2025-11-03',
    leftOn: '2026-02-28',
    state: 'sent',
    workers: 31,
  },
];

const own = (teamName: string) => exampleTeams.find((team) => team.teamName === teamName);

export const exampleComparison: readonly ComparedTeam[] = [
  {
    key: 'new-1',
    kind: 'new',
    teamName: '幕墙班组',
    held: { teamName: '幕墙班组', corpName: '样板机电安装有限公司', teamSysNo: 1221, leaderName: '蓝样例' },
    differences: [],
  },
  {
    key: 'changed-1',
    kind: 'changed',
    teamName: '架子工班组',
    held: { teamName: '架子工班组', teamSysNo: 1187, leaderName: '梁样式', leaderPhone: '13700000000' },
    here: own('架子工班组'),
    differences: ['leaderName', 'leaderPhone'],
  },
  {
    key: 'same-1',
    kind: 'same',
    teamName: '钢筋三班',
    held: { teamName: '钢筋三班', teamSysNo: 1203 },
    here: own('钢筋三班'),
    differences: [],
  },
  { key: 'here-1', kind: 'only-here', teamName: '木工一班', here: own('木工一班'), differences: [] },
];

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

function report(order: number, part: Partial<ReportSummary>): ReportSummary {
  const at = ago(order * 7);
  return {
    id: `0197a000-0000-7000-8000-0000000000a${order}`,
    kind: 'entry-exit',
    content: { kind: 'entry-exit', date: '2026-03-05', type: 1 },
    people: 1,
    who: [{ name: '覃示例', maskedNumber: '459999********0021' }],
    state: 'confirmed',
    madeAt: at,
    changedAt: at,
    waitsForWorker: false,
    ...part,
  };
}

const who = (...names: readonly string[]) => names.map((name) => ({ name, maskedNumber: '459999********0021' }));

export const exampleReports: readonly ReportSummary[] = [
  report(1, { state: 'sealed', waitsForWorker: true, who: who('农示范') }),
  report(2, {
    state: 'needs-attention',
    content: { kind: 'entry-exit', date: '2026-03-01', type: 0 },
    who: who('蓝样例'),
    error: { code: 'platform.record-refused', detail: 'date' },
    platformText: '[workerList][0][date]退场日期早于进场日期',
  }),
  report(3, {
    kind: 'contract',
    content: { kind: 'contract', startDate: '2026-03-01', endDate: '2027-02-28', contractPeriodType: 0 },
    state: 'accepted',
    who: who('黄样本'),
  }),
  report(4, {
    kind: 'training',
    content: { kind: 'training', trainingDate: '2026-03-04', trainingName: '入场安全教育', trainingDuration: 4 },
    people: 12,
    who: who('覃示例', '莫测试', '陆范例'),
  }),
  report(5, { state: 'sealed', error: { code: 'platform.unreachable' }, who: who('陆范例') }),
  report(6, { who: who('欧阳试例') }),
];
