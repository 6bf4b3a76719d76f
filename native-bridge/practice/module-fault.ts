import type { CommandName } from './module-command.ts';

/** A fault to play: a state of the whole module, and a status forced on commands. */
export interface ModuleFault {
  readonly selfTestFails?: boolean | undefined;
  readonly notAuthorised?: boolean | undefined;
  /** Status byte that commands are answered with instead of being carried out. */
  readonly next?: number | undefined;
  /** Only commands of this name. Default: any. */
  readonly on?: CommandName | undefined;
  /** So many of these commands are carried out before. Default 0. */
  readonly after?: number | undefined;
  /** So many of them are answered so. Default 1. */
  readonly times?: number | 'always' | undefined;
}

/** Keeps count of the commands that a fault is meant for. */
export class FaultPlan {
  #fault: ModuleFault = {};
  #toPass = 0;
  #toForce = 0;

  get selfTestFails(): boolean {
    return this.#fault.selfTestFails === true;
  }

  get notAuthorised(): boolean {
    return this.#fault.notAuthorised === true;
  }

  /** Replaces the fault that is set. */
  set(fault: ModuleFault): void {
    this.#fault = fault;
    this.#toPass = fault.after ?? 0;
    this.#toForce = fault.times === 'always' ? Infinity : (fault.times ?? 1);
  }

  /** The status that this command is to be answered with, if any; counts the command. */
  take(command: CommandName): number | undefined {
    const { next, on } = this.#fault;
    if (next === undefined || this.#toForce === 0 || (on !== undefined && on !== command)) return undefined;
    if (this.#toPass > 0) {
      this.#toPass -= 1;
      return undefined;
    }
    this.#toForce -= 1;
    return next;
  }
}
