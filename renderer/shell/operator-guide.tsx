import guide from 'virtual:operator-guide';
import './operator-guide.css';

/** The guide is the project's own text, turned into HTML at build time: nothing from outside reaches this element. */
export function OperatorGuide() {
  return (
    <article
      className="operator-guide"
      data-testid="operator-guide"
      lang="zh-CN"
      dangerouslySetInnerHTML={{ __html: guide }}
    />
  );
}
