// Words of the page in English and Chinese. What reports, columns, states and event types are called comes from the
// program's own tables.

import chinese from 'chinese-words';
import { settings } from './settings.svelte.ts';

const page = {
  skip: ['Skip to the figures', '跳到数据'],
  known: ['Known up to event', '所知事件'],
  effective: ['Effective date', '业务日期'],
  day_back: ['One day back', '前一天'],
  day_on: ['One day on', '后一天'],
  month_back: ['One month back', '前一月'],
  month_on: ['One month on', '后一月'],
  event_back: ['One event back', '前一事件'],
  event_on: ['One event on', '后一事件'],
  checkpoint_back: ['Closing or checkpoint before', '上一关账或检查点'],
  checkpoint_on: ['Next closing or checkpoint', '下一关账或检查点'],
  closed: ['closed through {0}, event {1}', '关账至 {0}，第 {1} 号事件'],
  checkpoint: ['checkpoint of {0} events', '{0} 个事件的检查点'],
  closings: ['As it was closed', '关账时的状态'],
  choose: ['choose…', '选择…'],
  last_known: ['Last event known', '最后所知事件'],
  known_text: ['event {0} of {1}', '第 {0} 号事件，共 {1} 个'],
  cut: ['at {0}, known up to event {1}', '截至 {0}，按第 {1} 号事件止所知'],
  newer: ['{0} newer events', '有 {0} 个新事件'],
  newer_one: ['1 newer event', '有 1 个新事件'],
  search: ['Customer, document or #event', '客户、单据或 #事件'],
  found: ['Search', '查找'],
  reports: ['Reports', '报表'],
  sign_in: ['Sign in', '登录'],
  sign_out: ['Sign out', '退出'],
  code: ['One-time code', '一次性验证码'],
  code_help: [
    'duebook serve prints it when it starts. Each code works once.',
    'duebook serve 启动时显示此验证码，每个验证码只能使用一次。',
  ],
  bad_code: ['This code does not work, or was used before. Ask duebook serve for a new one.', '验证码无效或已使用，请向 duebook serve 获取新的验证码。'],
  keys: ['Keys', '快捷键'],
  keys_help: ['All keys', '全部快捷键'],
  close: ['Close', '关闭'],
  letters: ['Single letters and signs are shortcuts', '启用单键快捷键'],
  keys_always: ['In every table', '在所有表格中'],
  key_move: ['row, page, first, last', '行、页、首、尾'],
  key_open: ['open what the row is about', '打开该行内容'],
  key_copy: ['copy the table for a spreadsheet', '复制表格，可粘贴到电子表格'],
  key_back: ['back', '返回'],
  over_days: ['What is open, day by day, as known up to event {0}', '按第 {0} 号事件止所知，逐日未清金额'],
  over_events: ['How the figures of {0} came to be known', '{0} 的数据如何逐步为人所知'],
  bars: ['Open at this cut', '此时点的未清金额'],
  open_sum: ['Open', '未清'],
  of_which_disputed: ['of which disputed', '其中争议'],
  minus_unapplied: ['unapplied', '未核销'],
  as_table: ['Figures as a table', '以表格显示'],
  month_end: ['Day', '日期'],
  by_what: ['By {0}', '按{0}'],
  by: ['Rows by', '分组'],
  basis: ['Age from', '账龄起算'],
  basis_due: ['due date', '到期日'],
  basis_original: ['first agreed due date', '原到期日'],
  basis_invoice: ['invoice date', '发票日期'],
  bucket_only: ['only {0}', '仅 {0}'],
  show_all: ['show all', '显示全部'],
  rows: ['{0} rows', '{0} 行'],
  row: ['1 row', '1 行'],
  narrow: ['there are more; choose fewer by the fields above', '还有更多行，请缩小范围'],
  empty: ['Nothing to show at {0}, known up to event {1}.', '截至 {0}、按第 {1} 号事件止所知，无记录。'],
  empty_bucket: ['Nobody owes anything in {0} in {1} at this cut.', '此时点 {1} 在 {0} 无未清金额。'],
  empty_currency: ['Nothing is owed in {0} at this cut.', '此时点 {0} 无未清金额。'],
  move_cut: ['Go to the newest: {0}, event {1}', '转到最新：{0}，第 {1} 号事件'],
  approximate: ['follows when the slider rests', '滑块停下后更新'],
  failed: ['This could not be shown', '无法显示'],
  request: ['request {0}', '请求 {0}'],
  retry: ['Try again', '重试'],
  offline: ['No connection to the server. What is shown stays as it was; it goes on by itself.', '与服务器的连接中断，显示内容保持不变，将自动恢复。'],
  loading: ['Loading…', '加载中…'],
  csv: ['as CSV', '导出 CSV'],
  paper: ['to print', '打印版'],
  run: ['Show', '显示'],
  any: ['(any)', '（不限）'],
  download: ['Download the proof', '下载证明'],
  proof: ['Proof', '证明'],
  proof_checking: ['Checking…', '正在检查…'],
  proof_good: [
    'Checked in this browser: the event is number {0} of the {1} in the signed checkpoint.',
    '已在本浏览器中核对：该事件是已签名检查点中 {1} 个事件的第 {0} 个。',
  ],
  proof_bad: ['This proof does not hold: {0}', '证明不成立：{0}'],
  proof_leaf: ['its leaf is another than the one shown', '其叶哈希与所示不同'],
  proof_root: ['its path does not lead to the root of the checkpoint', '其路径不通向检查点的根哈希'],
  proof_form: ['it is written otherwise than a proof is', '格式不符'],
  proof_limits: [
    'The signature of the checkpoint and the readable form are checked by: duebook prove --check FILE --key KEY',
    '检查点签名与可读内容由以下命令核对：duebook prove --check FILE --key KEY',
  ],
  proof_insecure: ['Browsers hash only over HTTPS or on this machine: download the proof and check it by duebook prove --check.', '浏览器仅在 HTTPS 或本机下可计算哈希：请下载证明并用 duebook prove --check 核对。'],
  step: ['Step', '步骤'],
  side: ['Side', '方位'],
  left: ['left', '左'],
  right: ['right', '右'],
  hash: ['Hash beside the path', '路径旁的哈希'],
  leaf: ['Leaf', '叶哈希'],
  root: ['Root', '根哈希'],
  path: ['{0} hashes from the leaf to the root', '从叶到根的 {0} 个哈希'],
  event_n: ['Event {0}', '第 {0} 号事件'],
  effective_on: ['Takes effect', '业务日期'],
  fields: ['Fields', '字段'],
  not_found: ['There is no such page', '没有此页面'],
  to_aging: ['To the aging', '前往账龄分析'],
  language: ['Language', '语言'],
  copied: ['{0} rows copied', '已复制 {0} 行'],
  yes: ['yes', '是'],
  no: ['no', '否'],
  signed_checkpoint: ['Checkpoint', '检查点'],
  subject: ['Customer or document', '客户或单据'],
  before_known: ['Earlier known event', '对比的所知事件'],
  before_effective: ['Earlier date', '对比的业务日期'],
  needs: ['{0} has to be given', '必须填写{0}'],
  main: ['Main', '主导航'],
  the_cut: ['The cut', '时点'],
  views: ['Views', '视图'],
  now_open: ['Stands at', '现为'],
  is_known_later: ['not known yet at this cut', '此时点尚不知晓'],
  list: ['List', '列表'],
} satisfies Record<string, [string, string]>;

export type PageWord = keyof typeof page;

export function t(key: PageWord, ...values: (string | number)[]): string {
  const text = page[key][settings.language === 'zh' ? 1 : 0];
  return text.replace(/\{(\d)\}/g, (_, place) => String(values[Number(place)]));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// What a name of the reports is called: of a column, a state, a report or an event type. `of` says what it is said of,
// where the same name means something else elsewhere.
export function word(name: string, of = ''): string {
  if (settings.language === 'en') return name.replaceAll('_', ' ');
  const known = chinese[`${of}: ${name}`] ?? chinese[name];
  if (known !== undefined) return known;
  const bucket = /^(\d+)(-\d+|\+)$/.exec(name);
  if (bucket) return bucket[2] === '+' ? `${bucket[1]}天以上` : `${name}天`;
  if (!name.includes(' ')) return name;
  return name.split(' ').map((part) => chinese[part] ?? part).join(' ');
}

// Names that no report has, of events' fields and of what reports are asked.
const names: Record<string, [string, string]> = {
  acknowledgement: ['Acknowledgement', '欠款确认'],
  address: ['Address', '地址'],
  ahead: ['Days ahead', '提前天数'],
  all: ['Also without shipments', '含无发货单的发票'],
  application: ['Application', '核销'],
  as_of: ['As of', '截至'],
  attributes: ['Attributes', '属性'],
  bands: ['Bands', '分档'],
  bank: ['Bank', '银行'],
  bank_details: ['Bank details', '银行账户'],
  basis: ['Age from', '账龄起算'],
  buckets: ['Buckets, in days', '账龄段（天）'],
  by: ['Rows by', '分组'],
  confirmation: ['Confirmation', '价格确认单'],
  cost: ['Cost', '费用'],
  debit_note: ['Debit note', '借项通知单'],
  drawer: ['Drawer', '出票人'],
  escalation: ['Escalation', '升级催收'],
  expires: ['Expires', '到期'],
  grace: ['Days of grace', '宽限天数'],
  guarantee: ['Guarantee', '担保'],
  guarantor: ['Guarantor', '担保人'],
  history: ['History', '历史'],
  id: ['Id', '事件编号'],
  imported: ['From another system', '从其他系统导入'],
  instalments: ['Instalments', '分期'],
  internal: ['For the company', '供公司内部'],
  'invoice-days': ['Days to invoice', '开票天数'],
  iou: ['Also without IOU', '含缺欠条'],
  memo: ['Memo', '附注'],
  min: ['At least', '最低金额'],
  nonzero: ['No rows of zero', '隐藏零行'],
  payer: ['Payer', '付款人'],
  per_month: ['Per month', '每月'],
  percent: ['Per cent', '百分比'],
  period: ['Period', '期间'],
  plan: ['Plan', '计划'],
  prepaid: ['Prepaid', '预付'],
  public_key: ['Public key', '公钥'],
  rate: ['Rate', '利率'],
  recovery: ['Recovery', '收回'],
  refund: ['Refund', '退款'],
  request: ['Request', '申请'],
  'sign-days': ['Days to sign', '签收天数'],
  step: ['Step', '级别'],
  steps: ['Steps', '级别'],
  tax: ['Tax', '税额'],
  text: ['Holds', '包含'],
  top: ['First rows', '前几行'],
  trend: ['Month ends', '月末数'],
  up_to: ['Up to', '上限'],
  valid_until: ['Valid until', '有效期至'],
  where: ['Only rows where', '筛选条件'],
};

export function named(name: string): string {
  const own = names[name];
  return own ? own[settings.language === 'zh' ? 1 : 0] : heading(name);
}

export function heading(column: string, report = ''): string {
  return settings.language === 'en' ? capitalised(word(column)) : word(column, report);
}

export function reportName(name: string): string {
  return settings.language === 'en' ? capitalised(name.replaceAll('-', ' ')) : word(name, 'report');
}

// What the states of a report's rows are said of.
const subjects: Record<string, string> = {
  apply: 'apply', bills: 'bill', credit: 'credit', customers: 'customer', differences: 'difference', disputes: 'dispute',
  gate: 'gate', overrides: 'override', receipts: 'receipt', roles: 'role', shipments: 'shipment', worklist: 'work', 'write-offs': 'write_off',
};

export function termOf(report: string, name: string): string {
  return settings.language === 'en' ? name : name.split(';').map((each) => word(each, subjects[report])).join('；');
}
