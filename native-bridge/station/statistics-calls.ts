import { setImmediate as nextTurn } from 'node:timers/promises';
import { zhCheckNames } from '../contract/check-names.ts';
import type { RecordState } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { PeopleCodes } from '../contract/people-codes.ts';
import type { WorkbookFile } from '../contract/sheet.ts';
import type { Argument } from '../contract/station.ts';
import type {
  Figures,
  RetakeReason,
  Statistics,
  statisticsCalls,
  StatisticsQuery,
} from '../contract/statistics-calls.ts';
import { chinaDay } from '../enrolment/china-day.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Sheet } from '../spreadsheet/workbook-job.ts';
import type { ExportedWorker } from '../store/worker-export.ts';
import { peopleCodesOf } from './people-codes.ts';
import type { RunningStation } from './running-station.ts';
import type { WorkbookRun } from './workbook-desk.ts';
import { writeWithin, writtenWorkbook } from './written-workbook.ts';

/** A sheet of more is no list for a person any more. */
const mostExportedWorkers = 20_000;
/** Workers looked up at a time; the station answers in between. */
const workersAtATime = 200;

const emptyFigures: Figures = {
  enrolled: 0,
  firstShot: 0,
  compared: 0,
  grey: 0,
  refused: 0,
  notCompared: 0,
  retakes: [],
  discarded: 0,
  unsent: 0,
};

function statistics(station: RunningStation, query: StatisticsQuery): Statistics {
  const { store, connection } = station.parts;
  if (connection === undefined) return { days: [], total: emptyFigures, teamNames: [], operators: [] };
  return store.figures.statistics(connection.projectCode, query);
}

const percent = (part: number, whole: number) => (whole === 0 ? '' : `${Math.round((100 * part) / whole)}%`);

const figureColumns = [
  '日期',
  '登记人数',
  '一次拍成率',
  '每人中位用时（秒）',
  '九成人不超过（秒）',
  '比对次数',
  '比对存疑',
  '比对不一致',
  '无法比对',
  '重拍次数',
  '放弃',
  '未上传',
];

function figureCells(title: string, figures: Figures): (string | number)[] {
  const { enrolled, firstShot, seconds, compared, grey, refused, notCompared, retakes, discarded, unsent } = figures;
  const retaken = retakes.reduce((sum, { count }) => sum + count, 0);
  const [median, p90] = [seconds?.median ?? '', seconds?.p90 ?? ''];
  const rate = percent(firstShot, enrolled);
  return [title, enrolled, rate, median, p90, compared, grey, refused, notCompared, retaken, discarded, unsent];
}

/** Why pictures were taken anew, as the screen says it; a check is named by what it measures. */
function reasonName(reason: RetakeReason): string {
  if (reason === 'operator') return '操作员认为不合适';
  if (reason === 'compared-no-match') return '比对不一致';
  if (reason === 'compared-review') return '比对存疑';
  return `未达标：${zhCheckNames[reason]}`;
}

export function reportSheets({ days, total }: Statistics): Sheet[] {
  return [
    {
      name: '日报',
      columns: figureColumns.map((title) => ({ title, width: 16 })),
      rows: [...days.map(({ day, ...figures }) => figureCells(day, figures)), figureCells('合计', total)],
    },
    {
      name: '重拍原因',
      columns: [
        { title: '原因', width: 28 },
        { title: '次数', width: 10 },
      ],
      rows: total.retakes.map(({ reason, count }) => [reasonName(reason), count]),
    },
  ];
}

async function exportedReport(station: RunningStation, query: StatisticsQuery): Promise<WorkbookFile> {
  const sheets = reportSheets(statistics(station, query));
  const bytes = await writtenWorkbook(station.lists.workbooks, 'statistics', sheets);
  const { from, to } = query;
  return { fileName: `采集日报-${from === to ? from : `${from}-${to}`}.xlsx`, bytes };
}

/** In the words of the program's screens. */
const stateNames: Readonly<Record<RecordState, string>> = {
  sealed: '待上传',
  sending: '上传中',
  accepted: '平台处理中',
  confirmed: '已确认',
  'needs-attention': '需处理',
  'handed-over': '已移交',
  withdrawn: '已撤回',
  superseded: '已被替代',
};

interface WorkerColumn {
  readonly title: string;
  readonly width: number;
  readonly cell: (worker: ExportedWorker) => string | undefined;
}

function workerColumns(codes: PeopleCodes): readonly WorkerColumn[] {
  const named = (table: PeopleCodes['workType'], code: string | undefined) =>
    table.find((entry) => entry.code === code)?.zh ?? code;
  return [
    { title: '姓名', width: 12, cell: ({ name }) => name },
    { title: '身份证号', width: 24, cell: ({ number }) => number },
    { title: '出生日期', width: 14, cell: ({ birth }) => birth },
    { title: '住址', width: 40, cell: ({ address }) => address },
    { title: '参建单位', width: 28, cell: ({ corpName }) => corpName },
    { title: '班组', width: 18, cell: ({ teamName }) => teamName },
    { title: '工种', width: 16, cell: ({ fields }) => named(codes.workType, fields.workType) },
    { title: '是否班组长', width: 12, cell: ({ fields }) => (fields.isTeamLeader === true ? '是' : '否') },
    { title: '手机号', width: 16, cell: ({ fields }) => fields.cellPhone },
    { title: '文化程度', width: 14, cell: ({ fields }) => named(codes.cultureLevelType, fields.cultureLevelType) },
    { title: '政治面貌', width: 14, cell: ({ fields }) => named(codes.politicsType, fields.politicsType) },
    { title: '工资卡号', width: 26, cell: ({ fields }) => fields.payRollBankCardNumber },
    { title: '开户银行', width: 22, cell: ({ fields }) => fields.payRollBankName },
    { title: '进场日期', width: 14, cell: ({ fields }) => fields.entryDate },
    { title: '登记日期', width: 14, cell: ({ sealedAt }) => chinaDay(new Date(sealedAt)) },
    { title: '状态', width: 14, cell: ({ state }) => stateNames[state] },
    { title: '平台流水号', width: 24, cell: ({ serial }) => serial },
  ];
}

/** Ids of all that fit a search, a page at a time. */
async function foundIds(station: RunningStation, search: Argument<'worker.export'>, signal: AbortSignal) {
  const { store, connection } = station.parts;
  if (connection === undefined) return [];
  const ids: string[] = [];
  for (let after: number | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const page = store.workers.search({ ...search, projectCode: connection.projectCode, after, limit: workersAtATime });
    ids.push(...page.workers.map(({ id }) => id));
    after = page.next;
    if ((page.count ?? ids.length) > mostExportedWorkers) throw new StationError('workbook.too-large', 'workers');
    await nextTurn();
    signal.throwIfAborted();
  }
  return ids;
}

async function exportedRows(
  station: RunningStation,
  search: Argument<'worker.export'>,
  { signal, at: tell }: WorkbookRun,
) {
  const ids = await foundIds(station, search, signal);
  const columns = workerColumns(peopleCodesOf(station.parts));
  const rows: string[][] = [];
  for (let at = 0; at < ids.length; at += workersAtATime) {
    tell('gathering', { done: at, total: ids.length });
    const workers = station.parts.store.workers.exported(ids.slice(at, at + workersAtATime));
    rows.push(...workers.map((worker) => columns.map(({ cell }) => cell(worker) ?? '')));
    await nextTurn();
    signal.throwIfAborted();
  }
  return { name: '人员', columns: columns.map(({ title, width }) => ({ title, width })), rows };
}

async function exportedList(station: RunningStation, search: Argument<'worker.export'>): Promise<WorkbookFile> {
  const bytes = await station.lists.workbooks.run(
    { subject: 'workers', steps: ['gathering', 'writing', 'packing'] },
    async (run) => writeWithin(run, [await exportedRows(station, search, run)]),
  );
  // The list leaves the station, so the trail says who took it; not what was searched for, which may be a name.
  station.parts.store.audit.append({ action: 'workers.exported', subject: 'station', actor: station.operator() });
  return { fileName: `人员-${chinaDay(new Date())}.xlsx`, bytes };
}

/** Calls about the figures of the desk's work, and what of it goes out in a spreadsheet. */
export function statisticsHandlers(station: RunningStation): Pick<Handlers, keyof typeof statisticsCalls> {
  return {
    'statistics.days': async (query) => statistics(station, query),
    'statistics.export': (query) => exportedReport(station, query),
    'worker.export': (search) => exportedList(station, search),
  };
}
