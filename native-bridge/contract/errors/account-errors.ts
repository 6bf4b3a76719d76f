import { entry } from './entry.ts';

/** Who may do what at this desk. */
export const accountErrors = {
  'account.not-signed-in': entry('ask-operator', '请先登录', 'Please sign in first'),
  'account.role-too-low': entry(
    'ask-operator',
    '您的账号没有此项权限，请主管或管理员登录后操作',
    'Your account may not do this, a supervisor or administrator has to sign in for it',
  ),
  'account.new-password-required': entry('ask-operator', '请先设置新密码', 'Please choose a new password first'),
  'account.wrong-password': entry('re-present', '姓名或密码不正确', 'The name or the password is not right'),
  'account.wait': entry('retry', '错误次数过多，请稍后再试', 'Too many wrong tries, please wait'),
  'account.needed-first': entry(
    'ask-operator',
    '连接真实项目前，请先建立管理员账号',
    'Before a real project is connected an administrator account has to be made',
  ),
  'account.not-the-first': entry(
    'ask-operator',
    '已有账号，请登录；新账号由管理员添加',
    'There are accounts already: sign in, or have an administrator add one',
  ),
  'account.name-taken': entry('ask-operator', '已有同名账号', 'There is an account of this name already'),
  'account.unknown': entry('ask-operator', '没有找到这个账号', 'This account was not found'),
  'account.last-administrator': entry(
    'ask-operator',
    '至少要保留一名在用的管理员',
    'At least one administrator has to stay in use',
  ),
  'account.password-short': entry('ask-operator', '密码至少 10 个字符', 'A password has at least 10 characters'),
  'account.password-common': entry(
    'ask-operator',
    '这个密码太常见，容易被猜到，请换一个',
    'This password is too common and easily guessed, choose another',
  ),
  'account.password-is-name': entry(
    'ask-operator',
    '密码不能与姓名相同',
    'The password must not be the name of the account',
  ),
  'account.password-unchanged': entry('ask-operator', '新密码不能与原密码相同', 'The new password is the old one'),
} as const;
