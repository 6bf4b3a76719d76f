import type { GateName } from '../../native-bridge/contract/gates.ts';
import type { LockReason, WithdrawalReason } from '../../native-bridge/contract/record-life.ts';

const withdrawalReasons = {
  'consent-withdrawn': '本人撤回同意',
  'wrong-person': '采错了人',
  'wrong-team': '班组选错',
  left: '已不来上班',
  'enrolled-twice': '重复采集',
  other: '其他',
} as const satisfies Record<WithdrawalReason, string>;

const lockReasons = {
  'deletion-wish': '本人要求删除',
  'consent-withdrawn': '本人撤回同意',
} as const satisfies Record<LockReason, string>;

/** Why a gate warns; the sentence of a closed one is that of its error. */
const gateWarnings = {
  store: '数据文件异常',
  disk: '磁盘空间将满（剩 {{value}} GB）：请清理本机磁盘',
  'unsent-count': '有 {{value}} 条记录没有上传：请连上网络等待上传，或导出到另一台采集台',
  'unsent-age': '有记录已 {{value}} 小时没有上传：请连上网络等待上传，或导出到另一台采集台',
  clock: '本机时钟与平台相差 {{value}} 秒：请校准系统时间',
  backup: '已 {{value}} 小时没有可用的备份：请做一次备份',
} as const satisfies Record<GateName, string>;

/** What becomes of a record after sealing, and the gates before the next one. */
export const zhLife = {
  life: {
    correct: '更正并重传',
    correctTitle: '更正并重传：{{name}}',
    correctText: '证件内容以证件为准，不能改。更正后生成一条新记录上传，原记录保留备查。',
    correctConfirm: '保存更正并上传',
    corrected: '已生成更正记录，等待上传',
    team: '班组',
    withdraw: '撤回',
    withdrawTitle: '撤回记录：{{name}}',
    withdrawText: '撤回后不再上传，记录保留一段时间备查，不能恢复。',
    withdrawConfirm: '撤回这条记录',
    withdrawn: '已撤回，不再上传',
    note: '说明（可不填）',
    reason: '原因',
    erase: '删除申请',
    eraseTitle: '删除申请：{{name}}',
    eraseText:
      '适用于此人在本项目的全部记录。平台已有的记录在法定保存期内锁定：只保管，不显示、不使用，期满清除。其余记录立即清除，不能恢复。',
    eraseConfirm: '登记删除申请',
    eraseDone: '已锁定 {{locked}} 条，清除 {{erased}} 条',
    withdrawal: '撤回原因：{{reason}}',
    chain: '更正经过',
    thisRecord: '本条',
    erasedLink: '已清除',
    history: '经过',
    picturesErased: '照片已于 {{time}} 按保存期限清除',
    withdrawalReasons,
    lockReasons,
  },
  did: {
    begun: '开始采集',
    certificateAttached: '附上健康证明',
    certificateRemoved: '移除健康证明',
    livenessExcepted: '主管放行活体检查',
    sealed: '封存',
    sending: '开始上传',
    accepted: '平台已受理',
    confirmed: '平台已确认',
    retry: '稍后再试',
    attention: '转人工处理',
    retryNow: '人工重传',
    interrupted: '上传时程序中断，待核实',
    superseded: '被新记录替代',
    withdrawn: '撤回',
    corrected: '生成更正记录',
    locked: '锁定',
    picturesErased: '照片已清除',
    handedOver: '移交给另一台采集台',
    takenBack: '收回移交',
    comeBack: '由另一台采集台交回',
    receipt: '收到另一台采集台的结果',
    imported: '从 U 盘导入',
    conflict: '收到内容不一致的一份',
    conflictSettled: '不一致的一份已核对',
    salvaged: '从损坏的数据文件中找回',
    reviewApproved: '复核通过',
    reviewSentBack: '复核退回',
    sentAgain: '平台没有收到，再次上传',
    heldBack: '退回后停止上传',
    differencesNoted: '保留与平台的差异',
    other: '其他（{{action}}）',
  },
  gates: gateWarnings,
  gateWayOut: { queue: '查看上传', settings: '打开设置' },
} as const;
