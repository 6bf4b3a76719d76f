import { chinaStamp } from './china-time.ts';
import { openCall, type Call, type OpenedCall } from './envelope.ts';
import { failed, type MethodContext, type WriteOutcome } from './methods/method-context.ts';
import { QUERY_METHODS, WRITE_METHODS } from './methods/method-table.ts';
import type { Settings } from './options.ts';
import { openPictureShelf, type PictureShelf } from './picture-shelf.ts';
import { CODES, refusal, success, type Reply } from './replies.ts';
import { loadState, saveState } from './state-file.ts';
import type { KeptPicture, LogEntry, State, Write } from './state.ts';

const MOST_LOG_ENTRIES = 2000;

/**
 * The platform without its network side. Calls are handled one after the other; what a call changed is on disk before its
 * answer leaves. Waiting writes are handled in the order of arrival as soon as anybody looks at the platform after
 * their delay: that needs no timer, survives a restart and gives the same outcome at any pace.
 */
export class ReferencePlatform {
  readonly settings: Settings;
  readonly shelf: PictureShelf;
  readonly state: State;
  #pictureUrl: (picture: KeptPicture) => string;
  #tail: Promise<unknown> = Promise.resolve();
  #recent = new Map<string, number[]>();

  constructor(settings: Settings, pictureUrl: (picture: KeptPicture) => string) {
    this.settings = settings;
    this.shelf = openPictureShelf(settings.stateFile);
    this.state = loadState(settings.stateFile);
    this.#pictureUrl = pictureUrl;
  }

  /** Handles one call completely and stores the outcome. `failAsync`: text with which an accepted write will fail. */
  handle(call: Call, failAsync: string): Promise<Reply> {
    return this.#inTurn(async () => {
      await this.#handleDueWrites();
      const opened = openCall(call, this.settings, this.state);
      const reply = opened.ok ? await this.#answer(opened.call, call.receivedAt, failAsync) : opened.reply;
      this.#save();
      return reply;
    });
  }

  /** Handles all writes whose delay is over. */
  settle(): Promise<void> {
    return this.#inTurn(async () => {
      if (await this.#handleDueWrites()) this.#save();
    });
  }

  /** Lets something else happen to the platform in its turn, and stores what became of it. */
  change<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#inTurn(async () => {
      await this.#handleDueWrites();
      const value = await work();
      this.#save();
      return value;
    });
  }

  /** Notes one request for the list of requests and hands it to the log sink. */
  note(entry: LogEntry): void {
    this.state.log = [...this.state.log, entry].slice(-MOST_LOG_ENTRIES);
    this.state.requestsSeen += 1;
    this.#save();
    this.settings.log(entry);
  }

  #save(): void {
    saveState(this.settings.stateFile, this.state);
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  #context(account: MethodContext['account'], receivedAt: number): MethodContext {
    const { settings, state, shelf } = this;
    return { account, settings, state, shelf, receivedAt, pictureUrl: this.#pictureUrl };
  }

  async #answer(call: OpenedCall, receivedAt: number, failAsync: string): Promise<Reply> {
    if (this.#isTooFrequent(call.account.appid, receivedAt)) {
      return refusal(CODES.tooFrequent, '访问过于频繁，请稍后再试');
    }
    const query = QUERY_METHODS.get(call.method);
    if (query) return query(call.data, this.#context(call.account, receivedAt));
    return this.#accept(call, receivedAt, failAsync);
  }

  #isTooFrequent(appid: string, receivedAt: number): boolean {
    const limit = this.settings.rateLimit;
    if (!limit) return false;
    const recent = (this.#recent.get(appid) ?? []).filter((time) => time > receivedAt - limit.windowMs);
    if (recent.length >= limit.requests) return true;
    this.#recent.set(appid, [...recent, receivedAt]);
    return false;
  }

  async #accept(call: OpenedCall, receivedAt: number, failAsync: string): Promise<Reply> {
    const serial = this.#nextSerial(call.method, receivedAt);
    this.state.writes.push({
      serial,
      appid: call.account.appid,
      method: call.method,
      receivedAt,
      dueAt: receivedAt + this.settings.asyncDelayMs,
      status: 0,
      data: call.data,
      ...(failAsync === '' ? {} : { scriptedFailure: failAsync }),
    });
    await this.#handleDueWrites();
    return { ...success({ requestSerialCode: serial }), serial };
  }

  /** `projectworker-add-<yyyyMMddHH>-<n>-<n>`; what the two numbers count is not documented. */
  #nextSerial(method: string, receivedAt: number): string {
    const counter = String(this.state.nextSerial++).padStart(4, '0');
    return `${method.toLowerCase().replace('.', '-')}-${chinaStamp(receivedAt).slice(0, 10)}-1-${counter}`;
  }

  async #handleDueWrites(): Promise<boolean> {
    const now = this.settings.now();
    const due = this.state.writes.filter((write) => write.status === 0 && write.dueAt <= now);
    for (const write of due) {
      const outcome = await this.#outcomeOf(write);
      write.status = outcome.status;
      write.result = outcome.result;
      delete write.data;
    }
    return due.length > 0;
  }

  async #outcomeOf(write: Write): Promise<WriteOutcome> {
    const account = this.settings.accounts.find((each) => each.appid === write.appid);
    const method = WRITE_METHODS.get(write.method);
    if (!account || !method || !write.data) return failed('Internal Error');
    if (write.scriptedFailure !== undefined) return failed(write.scriptedFailure);
    return method(write.data, this.#context(account, write.receivedAt));
  }
}
