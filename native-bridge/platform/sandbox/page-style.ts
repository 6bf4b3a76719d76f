/** The style sheet of the human page; system fonts only, light and dark. */
export const PAGE_STYLE = `
:root { --ink: #1c2733; --soft: #5b6b7c; --line: #dde4ec; --ground: #f3f6fa; --card: #fff; --accent: #0b5cad;
  --good: #17794a; --bad: #b3261e; --wait: #8a5a00; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf5; --soft: #9fb0c3; --line: #2b3847; --ground: #11181f;
  --card: #1a232d; --accent: #6db3ff; --good: #5fd39a; --bad: #ff8f87; --wait: #f0c060; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.55 system-ui, 'Segoe UI', 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif; }
header { background: linear-gradient(120deg, #0b3d75, #0b6bad); color: #fff; padding: 22px 32px; }
header h1 { margin: 0; font-size: 24px; font-weight: 650; }
header p { margin: 4px 0 0; opacity: .88; }
header a { color: #fff; }
main { max-width: 1240px; margin: 0 auto; padding: 24px 32px 48px; }
section { margin: 0 0 28px; }
h2 { font-size: 17px; margin: 0 0 10px; }
h2 small { color: var(--soft); font-weight: 400; margin-left: 8px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; }
.tile { padding: 12px 16px; }
.tile b { display: block; font-size: 26px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 13px; }
.notice { border-left: 4px solid var(--bad); padding: 10px 16px; margin-bottom: 24px; }
.scroll { overflow: auto; max-height: 480px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 8px 14px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 500; font-size: 13px; position: sticky; top: 0; background: var(--card); }
tr:last-child td { border-bottom: 0; }
code { font-family: ui-monospace, Consolas, 'Cascadia Mono', monospace; font-size: 13px; word-break: break-all; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 14px; }
.person { display: flex; gap: 14px; padding: 14px; }
.photos { display: flex; gap: 8px; flex: none; }
figure { margin: 0; text-align: center; }
figure img, .nophoto { width: 78px; height: 98px; object-fit: cover; border-radius: 6px; border: 1px solid var(--line);
  background: var(--ground); display: block; }
.nophoto { display: grid; place-items: center; color: var(--soft); font-size: 12px; }
figcaption { color: var(--soft); font-size: 12px; margin-top: 3px; }
.person h3 { margin: 0 0 2px; font-size: 16px; }
.person p { margin: 0; color: var(--soft); font-size: 13px; }
.badge { display: inline-block; padding: 0 8px; border-radius: 999px; font-size: 12px; border: 1px solid currentColor; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.empty { padding: 18px; color: var(--soft); }
`;
