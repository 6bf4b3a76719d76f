import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Guidance, PromptCode } from '../../../native-bridge/contract/capture.ts';
import { ArrowIcon, CheckIcon, WarnIcon } from '../../components/icons.tsx';
import { zhEnrol } from '../../i18n/zh-CN-enrol.ts';
import { PromptPace } from '../../sound/prompt-pace.ts';
import { sayPrompt } from '../../sound/speech.ts';
import { checkCount } from './check-text.ts';

/** Where the arrow points, in degrees clockwise from the right of the mirrored picture. */
const directions: Partial<Record<PromptCode, number>> = {
  'move-left': 180,
  'turn-left': 180,
  'move-right': 0,
  'turn-right': 0,
  'move-up': -90,
  'raise-chin': -90,
  'move-down': 90,
  'lower-chin': 90,
};

const settled: readonly PromptCode[] = ['keep-so', 'done'];

export function PromptMark({ prompt }: { readonly prompt: PromptCode }) {
  const degrees = directions[prompt];
  if (degrees !== undefined) return <ArrowIcon degrees={degrees} />;
  return settled.includes(prompt) ? <CheckIcon /> : <WarnIcon />;
}

/** The worker is spoken to in Mandarin whatever the operator's language is. */
function useSpokenPrompt(guidance: Guidance): void {
  useEffect(() => {
    const text = zhEnrol.prompt[guidance.prompt];
    if (pace.shows(text, performance.now())) sayPrompt(text);
  }, [guidance]);
}

const pace = new PromptPace();

/** One prompt at a time, large, in words and with an arrow, over the picture. */
export function PromptView({ guidance }: { readonly guidance: Guidance }) {
  const { t } = useTranslation();
  useSpokenPrompt(guidance);
  const { prompt, checks } = guidance;
  const good = settled.includes(prompt);
  return (
    <div className={good ? 'prompt prompt--good' : 'prompt'} data-testid="prompt" data-prompt={prompt}>
      <p className="prompt__words" aria-live="polite">
        <PromptMark prompt={prompt} />
        <span>{t(`prompt.${prompt}`)}</span>
      </p>
      <p className="prompt__count">{t('live.passed', checkCount(checks))}</p>
    </div>
  );
}
