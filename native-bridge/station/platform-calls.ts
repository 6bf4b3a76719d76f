import { StationError } from '../contract/errors.ts';
import type { ListedDialect, platformCalls } from '../contract/platform-calls.ts';
import type { ProjectConnection } from '../contract/project-connection.ts';
import type { Dialect } from '../platform/driver/dialect.ts';
import type { Handlers } from '../rpc/server.ts';
import { testConnection } from './connection-test.ts';
import type { DialectShelf } from './dialect-shelf.ts';

export type PlatformHandlers = Pick<Handlers, keyof typeof platformCalls>;

/** The calls about kinds of platforms and about trying a connection out. */
export function platformHandlers(parts: {
  readonly dialects: DialectShelf;
  readonly connection: ProjectConnection | undefined;
}): PlatformHandlers {
  return {
    'settings.dialects': async () => {
      const { dialects, faulty } = parts.dialects.list();
      return { dialects: dialects.map(listed), faulty: [...faulty] };
    },
    'settings.test-connection': async ({ connection = parts.connection }) => {
      if (connection === undefined) throw new StationError('platform.not-configured');
      return { steps: [...(await testConnection(connection, parts.dialects))] };
    },
  };
}

const listed = (dialect: Dialect): ListedDialect => ({
  name: dialect.name,
  driver: dialect.driver,
  title: dialect.title,
  needsEnterpriseKey: dialect.driver === 'national' && dialect.corpsign,
});
