import { App } from 'antd';
import { createElement, useCallback } from 'react';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import { play } from '../sound/tones.ts';
import { ErrorSentence } from './error-sentence.tsx';

/** Runs something the operator asked for; trouble is said in words and heard. Resolves to whether it succeeded. */
export function useAction(): (action: () => Promise<unknown>) => Promise<boolean> {
  const { message } = App.useApp();
  return useCallback(
    async (action) => {
      try {
        await action();
        return true;
      } catch (cause) {
        const { code } = asStationError(cause);
        play('failure');
        void message.error({ content: createElement(ErrorSentence, { code }), key: code });
        return false;
      }
    },
    [message],
  );
}
