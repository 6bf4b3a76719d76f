import { useTranslation } from 'react-i18next';
import type { Comparison, FalseAccepts, SecondOpinion } from '../../../native-bridge/contract/enrolment.ts';
import { CheckIcon, CrossIcon, PeopleIcon, WarnIcon } from '../../components/icons.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { useErrorLine, useErrorText } from '../../components/error-text.ts';
import { falseAcceptCounts, peopleText } from './false-accept-counts.ts';
import type { Messages } from '../../i18n/zh-CN.ts';
import type { Verdict } from './verdict.ts';

const faces = {
  waiting: { Mark: PeopleIcon, title: 'compare.waitTitle', text: 'compare.waitText' },
  working: { Mark: PeopleIcon, title: 'compare.working', text: undefined },
  match: { Mark: CheckIcon, title: 'compare.match', text: 'compare.matchText' },
  review: { Mark: WarnIcon, title: 'compare.review', text: 'compare.reviewText' },
  'no-match': { Mark: CrossIcon, title: 'compare.noMatch', text: 'compare.noMatchText' },
  'cannot-compare': { Mark: WarnIcon, title: 'compare.cannot', text: 'compare.cannotText' },
} as const;

type Compared = Extract<Comparison, { kind: 'compared' }>;

function Evidence({ comparison }: { readonly comparison: Compared }) {
  const { t } = useTranslation();
  const { distance, frames, engine, verifyMs } = comparison;
  return (
    <small
      className="verdict__evidence"
      title={t('compare.evidenceTitle', { engine, frames, milliseconds: Math.round(verifyMs) })}
    >
      {t('compare.evidence', { distance: distance.toFixed(2) })}
    </small>
  );
}

/** How often strangers look as alike, in whole people; never a percentage of likeness. */
function FalseAcceptLine({ range }: { readonly range: FalseAccepts }) {
  const { t, i18n } = useTranslation();
  const { people, from, to } = falseAcceptCounts(range);
  const values = { people: peopleText(people, i18n.language), from, to };
  return (
    <p className="verdict__false-accepts" title={t('compare.falseAcceptsTitle')} data-testid="false-accepts">
      {t(from === undefined ? 'compare.fewFalseAccepts' : 'compare.falseAccepts', values)}
    </p>
  );
}

interface SecondProps {
  readonly opinion: SecondOpinion;
  /** The first opinion where the second is another. */
  readonly disagreeing: Compared['disagreeing'];
}

function SecondOpinionLine({ opinion, disagreeing }: SecondProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const errorLine = useErrorLine();
  const words = (band: keyof Messages['secondOpinion']['band']) => t(`secondOpinion.band.${band}`);
  const text =
    opinion.kind === 'cannot-compare'
      ? t('secondOpinion.cannot', { error: errorText(opinion.error.code) })
      : disagreeing === undefined
        ? t('secondOpinion.agree', { second: words(opinion.band) })
        : t('secondOpinion.disagree', { first: words(disagreeing), second: words(opinion.band) });
  return (
    <p
      className={disagreeing ? undefined : 'verdict__false-accepts'}
      title={opinion.kind === 'cannot-compare' ? errorLine(opinion.error.code) : undefined}
      data-testid="second-opinion"
    >
      {text}
    </p>
  );
}

/** Said of strangers who are as close; of no use where the machine holds the two for strangers itself. */
function falseAcceptsOf(comparison: Comparison | undefined): FalseAccepts | undefined {
  return comparison?.kind === 'compared' && comparison.band !== 'no-match' ? comparison.falseAccepts : undefined;
}

interface Props {
  readonly verdict: Verdict;
  readonly comparison: Comparison | undefined;
}

/** The verdict in one of three classes, in words and colour, with what it means for the operator. */
export function VerdictView({ verdict, comparison }: Props) {
  const { t } = useTranslation();
  const { Mark, title, text } = faces[verdict];
  const falseAccepts = falseAcceptsOf(comparison);
  const compared = comparison?.kind === 'compared' ? comparison : undefined;
  return (
    <div
      className={`verdict verdict--${verdict}`}
      role="status"
      data-testid="verdict"
      data-verdict={verdict}
      data-verify-ms={comparison?.verifyMs.toFixed(0)}
      data-distance={comparison?.kind === 'compared' ? comparison.distance.toFixed(3) : undefined}
    >
      <p className="verdict__title">
        <Mark />
        <strong>{t(title)}</strong>
        {comparison?.kind === 'compared' && <Evidence comparison={comparison} />}
      </p>
      {comparison?.kind === 'cannot-compare' && (
        <p>
          <ErrorSentence code={comparison.error.code} />
        </p>
      )}
      {text !== undefined && <p>{t(text)}</p>}
      {compared?.secondOpinion && (
        <SecondOpinionLine opinion={compared.secondOpinion} disagreeing={compared.disagreeing} />
      )}
      {falseAccepts && <FalseAcceptLine range={falseAccepts} />}
    </div>
  );
}
