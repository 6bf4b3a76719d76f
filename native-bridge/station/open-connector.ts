import type { ProjectConnection } from '../contract/project-connection.ts';
import type { Questionable } from '../platform/connection-questions.ts';
import type { BusinessConnector } from '../platform/business.ts';
import type { Connector } from '../platform/connector.ts';
import { createCwrConnector } from '../platform/cwr/connector.ts';
import { demandDriver } from '../platform/driver/built-in-dialects.ts';
import { createNationalBusiness } from '../platform/national/business-connector.ts';
import { createNationalConnector } from '../platform/national/connector.ts';
import type { DialectShelf } from './dialect-shelf.ts';

/**
 * The driver for a project connection, in the platform's dialect. Throws `platform.not-configured` for a connection that
 * no request could be made with, and `platform.bad-dialect` for one whose dialect is missing, faulty or another driver's.
 */
export function openConnector(
  connection: ProjectConnection,
  dialects: DialectShelf,
  timeoutMs?: number,
): Connector & Questionable {
  const limits = timeoutMs === undefined ? {} : { timeoutMs };
  const dialect = dialects.find(connection.dialect);
  switch (connection.driver) {
    case 'national':
      return createNationalConnector({ ...connection, ...limits, dialect: demandDriver(dialect, 'national') });
    case 'cwr':
      return createCwrConnector({ ...connection, ...limits, dialect: demandDriver(dialect, 'cwr') });
  }
}

/** What the driver reports besides workers; undefined for one that has no such thing. Throws like `openConnector`. */
export function openBusiness(
  connection: ProjectConnection,
  dialects: DialectShelf,
  timeoutMs?: number,
): BusinessConnector | undefined {
  if (connection.driver !== 'national') return undefined;
  const limits = timeoutMs === undefined ? {} : { timeoutMs };
  const dialect = demandDriver(dialects.find(connection.dialect), 'national');
  return createNationalBusiness({ ...connection, ...limits, dialect });
}
