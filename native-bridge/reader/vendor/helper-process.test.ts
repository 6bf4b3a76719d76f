import { describe, expect, it } from 'vitest';
import { helperEnvironment } from './helper-process.ts';

describe('the environment of a helper', () => {
  const own = {
    ENROL_SECRET: 'secret',
    PATH: '/somewhere',
    LD_PRELOAD: '/x.so',
    NODE_OPTIONS: '-r x',
    TZ: 'Asia/Shanghai',
  };

  it('has nothing of the station’s but what libraries need', () => {
    const environment = helperEnvironment(own, { libraryFolder: '/vendor', temporaryFolder: '/private' });
    expect(environment).toMatchObject({ TZ: 'Asia/Shanghai', TMPDIR: '/private', TEMP: '/private' });
    for (const name of ['ENROL_SECRET', 'LD_PRELOAD', 'NODE_OPTIONS']) expect(environment).not.toHaveProperty(name);
    expect(Object.values(environment)).not.toContain('/somewhere');
  });

  it('finds what a library needs beside it and nowhere else', () => {
    const environment = helperEnvironment(own, { libraryFolder: '/vendor', temporaryFolder: '/private' });
    expect(environment[process.platform === 'win32' ? 'PATH' : 'LD_LIBRARY_PATH']).toBe('/vendor');
  });

  it('finds another architecture’s packages beside its program', () => {
    const environment = helperEnvironment(
      {},
      { libraryFolder: '/vendor', temporaryFolder: '/private', program: '/vendor/node-ia32/node' },
    );
    expect(environment['NODE_PATH']).toMatch(/node-ia32.node_modules$/);
  });
});
