import { entry } from './entry.ts';

/** What stands in the way of reading or writing a spreadsheet. */
export const workbookErrors = {
  'workbook.unreadable': entry(
    'ask-operator',
    '这不是可读取的 Excel 文件（.xlsx），请另存为 .xlsx 后再选',
    'This is no readable Excel file (.xlsx); save it as .xlsx and choose it again',
  ),
  'workbook.too-large': entry(
    'ask-operator',
    '文件太大或行数太多（最多 5000 行），请拆分或从模板重新填写',
    'The file is too large or has too many rows (5000 at most); split it or fill in the template anew',
  ),
  'workbook.columns': entry(
    'ask-operator',
    '没有找到所需的列标题，请使用本程序的模板',
    'The headings that are needed are not there; use the template of this program',
  ),
  'workbook.empty': entry('ask-operator', '表格里没有可读取的行', 'There is no row in the sheet to read'),
  'workbook.cancelled': entry('retry', '已取消', 'Cancelled'),
  'workbook.busy': entry(
    'retry',
    '正在处理另一个表格，请稍候',
    'Another spreadsheet is being worked on; wait a moment',
  ),
} as const;
