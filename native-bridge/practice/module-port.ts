/** Where a host finds the module: a TCP port or a serial path. Hot-plugging opens and closes it. */
export interface ModulePort {
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
}
