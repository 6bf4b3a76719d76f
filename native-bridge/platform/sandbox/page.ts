import { chinaDateTime } from './china-time.ts';
import { WORK_ROLES, WORK_TYPES } from './code-tables.ts';
import type { DeviceAccount } from './cwr/device-account.ts';
import type { Faults } from './faults.ts';
import { html, type Markup } from './markup.ts';
import type { Account } from './options.ts';
import { maskNumber } from './resident-number.ts';
import type { KeptPicture, State, Team } from './state.ts';
import {
  countersOf,
  failureTexts,
  requestViews,
  teamViews,
  workerViews,
  type RequestView,
  type WorkerView,
} from './views.ts';

const MOST_REQUESTS = 200;
const MOST_WORKERS = 500;

export interface PageContent {
  readonly apiUrl: string;
  readonly deviceUrl: string;
  readonly accounts: readonly Account[];
  readonly deviceAccounts: readonly DeviceAccount[];
  readonly state: State;
  readonly faults: Faults;
  /** The platform's clock, milliseconds since the epoch. */
  readonly now: number;
}

/** Where a kept picture is served. */
export function picturePath({ sha256, type }: KeptPicture): string {
  return `/photo/${sha256}.${type}`;
}

function section(chinese: string, english: string, content: Markup): Markup {
  return html`<section>
    <h2>${chinese}<small>${english}</small></h2>
    ${content}
  </section>`;
}

function tableOf(headings: readonly string[], rows: readonly Markup[], none: string): Markup {
  if (rows.length === 0) return html`<div class="card empty">${none}</div>`;
  const head = headings.map((heading) => html`<th>${heading}</th>`);
  return html`<div class="card scroll">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function tile(count: number, label: string): Markup {
  return html`<div class="card tile"><b>${count}</b><span>${label}</span></div>`;
}

function tiles({ state }: PageContent): Markup {
  const counters = countersOf(state);
  const refusedDuplicates = counters.people.reduce((sum, person) => sum + person.duplicatesRefused, 0);
  return html`<section class="tiles">
    ${tile(state.workers.length, '工人 Workers')} ${tile(state.teams.length, '班组 Teams')}
    ${tile(counters.requests, '请求 Requests')} ${tile(counters.waiting, '处理中 Waiting')}
    ${tile(counters.failed, '处理失败 Failed')} ${tile(refusedDuplicates, '拒绝重复 Duplicates')}
  </section>`;
}

function faultNotice(faults: Faults): Markup {
  const active = Object.entries(faults).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : Boolean(value),
  );
  if (active.length === 0) return html``;
  const list = active.map(([name, value]) => `${name} = ${String(value)}`).join(', ');
  return html`<div class="card notice"><b>已启用故障模拟 Faults switched on:</b> <code>${list}</code></div>`;
}

function accountRow(account: Account): readonly Markup[] {
  return account.projects.map((project) => {
    const corps = project.corps.map((corp) => html`<div>${corp.corpName} <code>${corp.corpCode}</code></div>`);
    return html`<tr>
      <td><code>${account.appid}</code></td>
      <td><code>${project.projectCode}</code></td>
      <td>${corps}</td>
    </tr>`;
  });
}

function accountsSection({ accounts }: PageContent): Markup {
  const headings = ['账号 appid', '项目编号 Project', '参建单位 Companies'];
  return section('接入账号', 'Accounts', tableOf(headings, accounts.flatMap(accountRow), '没有账号 No accounts'));
}

function deviceRow({ apiKey, devices }: DeviceAccount): readonly Markup[] {
  return devices.map(
    (device) =>
      html`<tr>
        <td><code>${apiKey}</code></td>
        <td><code>${device.serial}</code>${device.enabled ? '' : ' 已停用 disabled'}</td>
        <td><code>${device.projectCode}</code></td>
      </tr>`,
  );
}

function devicesSection({ deviceAccounts, deviceUrl, state }: PageContent): Markup {
  const headings = ['授权账号 api_key', '设备序列号 client_serial', '项目编号 Project'];
  const table = tableOf(headings, deviceAccounts.flatMap(deviceRow), '没有设备 No devices');
  const address = html`<p><code>${deviceUrl}</code> · 通行记录 passes: <b>${state.passes.length}</b></p>`;
  return section('设备接口', 'CWRService devices', html`${table}${address}`);
}

function teamRow(team: Team, members: number): Markup {
  return html`<tr>
    <td><code>${team.teamSysNo}</code></td>
    <td>${team.teamName}</td>
    <td>${team.corpName}</td>
    <td><code>${team.projectCode}</code></td>
    <td>${members}</td>
  </tr>`;
}

function teamsSection({ state }: PageContent): Markup {
  const membersOf = (team: Team): number => state.workers.filter((each) => each.teamSysNo === team.teamSysNo).length;
  const rows = teamViews(state).map((team) => teamRow(team, membersOf(team)));
  const headings = ['班组编号 No.', '班组 Team', '企业 Company', '项目 Project', '人数 Members'];
  return section('班组', 'Teams', tableOf(headings, rows, '还没有班组 No teams yet'));
}

function photo(picture: KeptPicture | undefined, caption: string): Markup {
  const image = picture
    ? html`<img src="${picturePath(picture)}" alt="${caption}" loading="lazy" />`
    : html`<div class="nophoto">无 none</div>`;
  return html`<figure>
    ${image}
    <figcaption>${caption}</figcaption>
  </figure>`;
}

function presence(worker: WorkerView): Markup {
  const last = worker.entryExits.at(-1);
  if (!last) return html`<span class="badge wait">未进场 not entered</span>`;
  return last.type === 1
    ? html`<span class="badge good">已进场 on site ${last.date}</span>`
    : html`<span class="badge">已退场 left ${last.date}</span>`;
}

function personCard(worker: WorkerView): Markup {
  const field = (name: string): string => String(worker.fields[name] ?? '');
  const details = [
    WORK_TYPES.get(field('workType')) ?? field('work_typename'),
    WORK_ROLES.get(field('workRole')) ?? field('emp_category'),
  ];
  return html`<article class="card person">
    <div class="photos">
      ${photo(worker.pictures['headImage'] ?? worker.pictures['id_photo'], '证件照 ID')}
      ${photo(worker.pictures['issueCardPic'] ?? worker.pictures['facephoto'], '现场照 Live')}
    </div>
    <div>
      <h3>${worker.workerName}</h3>
      <p><code>${maskNumber(worker.idCardNumber)}</code></p>
      <p>${details.join(' · ')}</p>
      <p>${field('nation') || field('emp_nation')}族</p>
      <p>${worker.teamName} <code>${worker.teamSysNo}</code></p>
      ${presence(worker)}
    </div>
  </article>`;
}

function workersSection({ state }: PageContent): Markup {
  const people = workerViews(state).reverse().slice(0, MOST_WORKERS).map(personCard);
  const content =
    people.length === 0
      ? html`<div class="card empty">还没有工人 No workers yet</div>`
      : html`<div class="people">${people}</div>`;
  return section('工人', 'Workers', content);
}

function outcome({ status }: RequestView): Markup {
  if (status === 20) return html`<span class="badge good">成功 done</span>`;
  if (status === 10) return html`<span class="badge bad">失败 failed</span>`;
  return status === 0 ? html`<span class="badge wait">处理中 waiting</span>` : html``;
}

function requestRow(request: RequestView, failure: string | undefined): Markup {
  const code = request.fault ?? request.code;
  return html`<tr>
    <td>${chinaDateTime(request.time)}</td>
    <td><code>${request.method}</code></td>
    <td><span class="${/^0+$/.test(code) ? 'good' : 'bad'}">${code}</span></td>
    <td><code>${request.serial ?? ''}</code></td>
    <td>${outcome(request)} ${failure ?? ''}</td>
  </tr>`;
}

function requestsSection({ state }: PageContent): Markup {
  const failures = new Map(failureTexts(state).map(({ serial, text }) => [serial, text]));
  const requests = requestViews(state).slice(-MOST_REQUESTS).reverse();
  const rows = requests.map((request) => requestRow(request, failures.get(request.serial ?? '')));
  const headings = ['时间 Time', '接口 Method', '返回码 Code', '流水号 Serial', '处理结果 Outcome'];
  return section('请求记录', 'Requests', tableOf(headings, rows, '还没有请求 No requests yet'));
}

/** The page for people: server-made HTML without scripts; ID numbers are masked everywhere. */
export function renderPage(content: PageContent): string {
  const page = html`<html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>沙箱平台 Sandbox platform</title>
      <link rel="stylesheet" href="/page.css" />
    </head>
    <body>
      <header>
        <h1>沙箱平台 Sandbox platform</h1>
        <p>仅用于培训与测试，不连接任何政府系统 · For training and tests only. <a href="/">刷新 Refresh</a></p>
        <p><code>${content.apiUrl}</code> · ${chinaDateTime(content.now)} (UTC+8)</p>
      </header>
      <main>
        ${faultNotice(content.faults)}${tiles(content)}${accountsSection(content)}${devicesSection(content)}${teamsSection(content)}
        ${requestsSection(content)}${workersSection(content)}
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${page.source}`;
}
