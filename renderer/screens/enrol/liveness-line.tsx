import type { Liveness } from '../../../native-bridge/contract/liveness.ts';
import { useLivenessText } from '../../components/liveness-text.ts';
import { FindingLine } from './finding-line.tsx';

/** What came of the photo's liveness challenge. */
export function LivenessLine({ liveness }: { readonly liveness: Liveness }) {
  const { text, isGood } = useLivenessText()(liveness);
  return (
    <FindingLine level={isGood ? 'ok' : 'warn'} testId="liveness-line">
      {text}
    </FindingLine>
  );
}
