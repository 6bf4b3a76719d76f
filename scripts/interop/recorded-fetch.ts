import { inventedName } from './invented-worker.ts';
import { createMask } from '../../native-bridge/platform/driver/masked-text.ts';

/** Names of people under the fields of both protocols; invented ones here, but the line goes into a log of somebody's. */
const nameFields = /("(?:workerName|emp_name|person_name|responsiblePersonName|pmName)":")([^"])[^"]*"/g;

/** One exchange as it may be shown: numbers, pictures and the secret are hidden, long texts shortened. */
export interface RecordedExchange {
  readonly sent: string;
  readonly answered: string;
}

/** A `fetch` that tells what went over the wire. */
export function recordedFetch(secret: string, tell: (exchange: RecordedExchange) => void): typeof fetch {
  const hide = createMask(secret);
  const mask = (text: string) => hide(text.replace(nameFields, '$1$2*"').replaceAll(inventedName, '*'));
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const sent = mask(`${init?.method ?? 'GET'} ${url.pathname} ${sentText(init?.body)}`);
    try {
      const response = await fetch(input, init);
      const text = await response.clone().text();
      tell({ sent, answered: `HTTP ${response.status} ${mask(text)}` });
      return response;
    } catch (cause) {
      tell({ sent, answered: 'no answer' });
      throw cause;
    }
  };
}

function sentText(body: RequestInit['body']): string {
  if (typeof body === 'string') return body;
  if (!(body instanceof Uint8Array)) return '';
  const form = new URLSearchParams(Buffer.from(body).toString('latin1'));
  return `${form.get('method') ?? ''} ${form.get('data') ?? ''}`;
}
