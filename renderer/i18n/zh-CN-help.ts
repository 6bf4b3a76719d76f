export const zhHelp = {
  coach: {
    step: '练习 {{step}} / 6',
    hide: '不再提示',
    next: '完成',
    card: '在屏幕上方的“练习证件”中放一张证件，例如“韦试样 · 成年男性”',
    consent: '请工人看告知书：按空格勾选，再按 Enter 同意并开始拍照',
    photo: '请工人看镜头，照着大字提示坐好；合格后自动拍照',
    comparison: '看右侧结论：绿色一致；黄色由人核对；红色不能登记',
    fields: '填写下面带 * 的项目，按 Tab 到下一项',
    ready: '检查无误后按 Enter 封存；取走证件即可登记下一个人',
    sealed: '第一条已封存，正在送往培训平台：点下面一行里的姓名可看去向。放下一张证件就是下一个人',
  },
  guide: {
    keys: '键盘操作',
    book: '操作手册',
    coachAgain: '重新显示练习提示',
  },
} as const;
