import fujianCorpsign from '../../../assets/dialects/fujian-corpsign.json' with { type: 'json' };
import guangxiCwr from '../../../assets/dialects/guangxi-cwr.json' with { type: 'json' };
import hangzhou from '../../../assets/dialects/hangzhou.json' with { type: 'json' };
import national from '../../../assets/dialects/national.json' with { type: 'json' };
import { StationError } from '../../contract/errors.ts';
import { type Dialect, readDialect } from './dialect.ts';

/** The dialects that come with the station. */
export const builtInDialects: readonly Dialect[] = [national, guangxiCwr, hangzhou, fujianCorpsign].map(readDialect);

type DialectOf<D extends Dialect['driver']> = Extract<Dialect, { driver: D }>;

const speaks = <D extends Dialect['driver']>(dialect: Dialect, driver: D): dialect is DialectOf<D> =>
  dialect.driver === driver;

/** The dialect if this driver speaks it. Throws `platform.bad-dialect` if another one does. */
export function demandDriver<D extends Dialect['driver']>(dialect: Dialect, driver: D): DialectOf<D> {
  if (speaks(dialect, driver)) return dialect;
  throw new StationError('platform.bad-dialect', `${dialect.name} is not a dialect of the driver ${driver}`);
}

/** A dialect that comes with the station. Throws `platform.bad-dialect` when there is none of the name. */
export function builtInDialect<D extends Dialect['driver']>(name: string, driver: D): DialectOf<D> {
  const found = builtInDialects.find((dialect) => dialect.name === name);
  if (found === undefined) throw new StationError('platform.bad-dialect', `unknown dialect ${name}`);
  return demandDriver(found, driver);
}
