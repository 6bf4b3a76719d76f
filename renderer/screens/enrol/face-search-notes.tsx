import { useTranslation } from 'react-i18next';
import type { FaceSearch } from '../../../native-bridge/contract/face-search.ts';
import { useErrorLine } from '../../components/error-text.ts';
import { FindingLine } from './finding-line.tsx';

/** What the search among other numbers gave, once nothing of it waits for a decision. */
export function FaceSearchNotes({ search }: { readonly search: FaceSearch }) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  if (search.kind === 'cannot-search')
    return (
      <FindingLine level="warn" testId="face-search-trouble">
        {`${t('foundFace.cannot')} · ${errorLine(search.error.code)}`}
      </FindingLine>
    );
  const { found, searched, leftOut } = search;
  return (
    <>
      {found.length === 0 && (
        <FindingLine level="ok" testId="face-search-none">
          {t('foundFace.none', { count: searched })}
        </FindingLine>
      )}
      {leftOut > 0 && (
        <FindingLine level="warn" testId="face-search-left-out">
          {t('foundFace.leftOut', { count: leftOut })}
        </FindingLine>
      )}
      {found.map(({ recordId, decision }) => (
        <FindingLine key={recordId} level={decision?.samePerson === false ? 'ok' : 'warn'} testId="found-face-decided">
          {t(decision?.samePerson === false ? 'foundFace.decidedDifferent' : 'foundFace.decidedSame', {
            reason: decision?.reason ?? '',
          })}
        </FindingLine>
      ))}
    </>
  );
}
