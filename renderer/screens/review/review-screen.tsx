import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListedReview, type ReviewState, reviewStateSchema } from '../../../native-bridge/contract/review.ts';
import { useStation } from '../../client/station-context.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ReviewIcon } from '../../components/icons.tsx';
import { momentText } from '../../components/moment.ts';
import { StateChip } from '../../components/state-chip.tsx';
import { ReviewEvidenceView } from './review-evidence-view.tsx';
import { ReviewSign } from './review-sign.tsx';
import './review.css';
import { useReviews } from './use-reviews.ts';

interface FilterProps {
  readonly state: ReviewState;
  readonly onState: (state: ReviewState) => void;
}

function Filter({ state, onState }: FilterProps) {
  const { t } = useTranslation();
  const open = useStation(({ status }) => status?.openReviews ?? 0);
  return (
    <div className="review__filter" role="group" aria-label={t('review.title')}>
      {reviewStateSchema.options.map((option) => (
        <button
          key={option}
          type="button"
          className="filter"
          aria-pressed={state === option}
          onClick={() => onState(option)}
          data-testid={`review-${option}`}
        >
          {t(`review.${option}`)}
          {option === 'open' && <b>{open}</b>}
        </button>
      ))}
    </div>
  );
}

interface ItemProps {
  readonly listed: ListedReview;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Item({ listed: { record, review }, chosen, onChoose }: ItemProps) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <button
        type="button"
        className="review__item"
        aria-pressed={chosen}
        onClick={onChoose}
        data-testid={`review-of-${record.name}`}
      >
        <strong>{record.name}</strong>
        <span className="review__soft">
          {momentText(record.sealedAt, i18n.language)} · {t('review.sealedBy', { name: review.sealedBy })}
        </span>
        <span className="review__reasons">
          {review.reasons.map((reason) => (
            <em key={reason}>{t(`review.reason.${reason}`)}</em>
          ))}
        </span>
      </button>
    </li>
  );
}

function Decided({ review }: Pick<ListedReview, 'review'>) {
  const { t, i18n } = useTranslation();
  const { state, decidedBy, decidedAt, note } = review;
  if (decidedBy === undefined || decidedAt === undefined) return null;
  return (
    <p className={`review__decided review__decided--${state}`}>
      <strong>{t(`review.${state}`)}</strong>
      <span>{t('review.decided', { name: decidedBy, time: momentText(decidedAt, i18n.language) })}</span>
      {note}
    </p>
  );
}

function Detail({ listed: { record, review } }: { readonly listed: ListedReview }) {
  return (
    <article className="review__detail" data-testid="review-detail">
      <header>
        <h2>{record.name}</h2>
        <span className="review__soft">{record.maskedNumber}</span>
        <span className="review__soft">{record.teamName}</span>
        <StateChip state={record.state} />
      </header>
      <ReviewEvidenceView id={record.id} />
      {review.state === 'open' ? <ReviewSign key={record.id} id={record.id} /> : <Decided review={review} />}
    </article>
  );
}

/** Records that want a second pair of eyes: on the left which and why, on the right what to judge by. */
export function ReviewScreen() {
  const { t } = useTranslation();
  const [state, setState] = useState<ReviewState>('open');
  const [chosenId, choose] = useState<string>();
  const reviews = useReviews(state);
  const chosen = reviews?.find(({ record }) => record.id === chosenId) ?? reviews?.[0];
  return (
    <section className="review" aria-labelledby="review-title" data-testid="review-screen">
      <header className="review__head">
        <h1 id="review-title">{t('review.title')}</h1>
        <Filter state={state} onState={setState} />
      </header>
      {reviews?.length === 0 && (
        <EmptyState
          icon={<ReviewIcon />}
          title={t(state === 'open' ? 'review.none' : 'review.noneOf')}
          text={state === 'open' ? t('review.noneText') : undefined}
          testId="review-empty"
        />
      )}
      {chosen && (
        <div className="review__columns">
          <ul className="review__list">
            {reviews?.map((listed) => (
              <Item
                key={listed.record.id}
                listed={listed}
                chosen={listed === chosen}
                onChoose={() => choose(listed.record.id)}
              />
            ))}
          </ul>
          <Detail listed={chosen} />
        </div>
      )}
    </section>
  );
}
