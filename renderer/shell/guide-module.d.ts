declare module 'virtual:operator-guide' {
  /** `docs/operator-guide.zh-CN.md` as HTML, made when the page is built. */
  const guide: string;
  export default guide;
}
