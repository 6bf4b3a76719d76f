import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import type { Signing } from '../contract/signing.ts';
import type { Store } from '../store/open-store.ts';

const ruleKey = 'signature-required';

type Kept = Pick<Store, 'settings' | 'audit'>;

/** Whether the project wants consents signed; they are not always, for consent by a tick is a consent. */
export const isSignatureRequired = ({ settings }: Pick<Store, 'settings'>): boolean =>
  settings.get(ruleKey, z.boolean()) ?? false;

export function requireSignature({ settings, audit }: Kept, isRequired: boolean, actor: string): void {
  settings.set(ruleKey, isRequired);
  const detail = { isRequired };
  audit.append({ action: 'signature-rule.configured', subject: 'station', actor, detail });
}

/** Throws `enrolment.signature-required` for a consent that is only ticked where that is not enough. */
export function demandSigned(store: Kept, signing: Signing | undefined, isDrawn: boolean): void {
  const isSigned = isDrawn || (signing !== undefined && signing.kind !== 'none');
  if (isSignatureRequired(store) && !isSigned) throw new StationError('enrolment.signature-required');
}
