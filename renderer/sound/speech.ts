import { preferences } from '../preferences.ts';

export type SpokenLanguage = 'zh-CN' | 'en-US';

const available = (): boolean => typeof window.speechSynthesis === 'object';

/**
 * Says a text, in place of what is being said. Without a voice on the machine nothing is heard. `ended` is told when
 * the text is over or was cut off.
 */
export function say(text: string, language: SpokenLanguage, ended?: () => void): void {
  if (!available()) return void ended?.();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language;
  utterance.rate = 1.05;
  if (ended) {
    utterance.addEventListener('end', ended);
    utterance.addEventListener('error', ended);
  }
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(utterance);
}

/** A prompt for the worker, unless spoken prompts are switched off. */
export function sayPrompt(text: string): void {
  if (preferences().speech) say(text, 'zh-CN');
}

export function stopSaying(): void {
  if (available()) window.speechSynthesis.cancel();
}
