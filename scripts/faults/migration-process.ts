/** Brings an old data file up to date, and is killed on the way: node migration-process.ts <file> <key> <kill at>. */
import { migrate } from '../../native-bridge/store/migration.ts';
import { withKillPoints } from './kill-points.ts';
import { connect } from './old-station.ts';

const [, , file = '', key = '', killAt = '0'] = process.argv;
let passed = 0;

function reached(): void {
  passed += 1;
  if (passed === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

const database = connect(file, new Uint8Array(Buffer.from(key, 'hex')));
migrate(withKillPoints(database, reached));
database.close();
