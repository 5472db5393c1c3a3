import { beforeEach, describe, expect, it } from 'vitest';
import { ANN, caller, refusalOf, scenario, type Scenario } from '../entities/spec-scenario.ts';
import { ImportsService } from './imports.service.ts';

const HEADER = 'display_name,email,site,switch,number,calling_profile';

describe('CSV import', () => {
  let at: Scenario;
  let imports: ImportsService;
  const run = (lines: string[], dryRun = false) => imports.importUsers(caller, { csv: [HEADER, ...lines].join('\n'), dryRun });
  beforeEach(async () => {
    at = await scenario();
    imports = new ImportsService(at.store);
  });

  it('creates a user and its number in one commit', async () => {
    const [row] = await run(['Ann Berg,ann@example.com,site-a,site-a,1001,standard']);
    expect(row).toMatchObject({ line: 2, outcome: 'create', userId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect((await at.store.read('default', 'user', row?.userId ?? ''))?.body).toMatchObject({ displayName: 'Ann Berg', callingProfileId: 'standard' });
    expect((await at.store.read('default', 'dn', 'site-a/1001'))?.body).toMatchObject({ userId: row?.userId });
  });

  it('writes nothing in a dry run', async () => {
    const before = at.store.history.length;
    expect(await run(['Ann,,site-a,site-a,1001,'], true)).toEqual([{ line: 2, outcome: 'create', message: '', field: '', userId: '' }]);
    expect(at.store.history).toHaveLength(before);
  });

  it('finds everything unchanged the second time', async () => {
    const file = ['Ann,,site-a,site-a,1001,', 'Bea,bea@example.com,site-a,,,'];
    const first = await run(file);
    expect((await run(file)).map(({ outcome, userId }) => [outcome, userId])).toEqual(first.map(({ userId }) => ['unchanged', userId]));
  });

  it('gives a number that belongs to nobody, and refuses one of somebody else', async () => {
    await at.putUser(ANN, 'Ann');
    await at.putNumber('1001');
    await at.putNumber('1002', ANN);
    const rows = await run(['Bea,,site-a,site-a,1001,', 'Cid,,site-a,site-a,1002,']);
    expect(rows).toMatchObject([{ outcome: 'create' }, { outcome: 'refused', field: 'number', message: expect.stringContaining('belongs to Ann') }]);
    expect((await at.store.read('default', 'dn', 'site-a/1001'))?.body).toMatchObject({ userId: rows[0]?.userId });
  });

  it('refuses bad rows one by one, naming column and remedy, and does the others', async () => {
    const rows = await run([',,site-a,,,', 'A,nonsense,site-a,,,', 'B,,site-x,,,', 'C,,site-a,site-x,1,', 'D,,site-a,site-a,١٠,', `E,,site-a,site-a,${'1'.repeat(10_000)},`, 'F,,site-a,site-a,7,', 'G,,site-a,site-a,7,']);
    expect(rows.map(({ line, outcome, field }) => [line, outcome, field])).toEqual([
      [2, 'refused', 'display_name'], [3, 'refused', 'email'], [4, 'refused', 'site'], [5, 'refused', 'switch'],
      [6, 'refused', 'number'], [7, 'refused', 'number'], [8, 'create', ''], [9, 'refused', 'number'],
    ]);
    expect(rows[7]?.message).toContain('Line 8 has the same already');
  });

  it.each([
    ['no header', 'Ann,x', 'imports/bad-header'],
    ['nothing', '', 'imports/bad-header'],
    ['a column twice', 'display_name,site,site', 'imports/bad-header'],
    ['an open quote', `${HEADER}\n"Ann`, 'imports/bad-csv'],
    ['5,001 rows', `${HEADER}\n${'Ann,,site-a,,,\n'.repeat(5_001)}`, 'imports/too-many-rows'],
    ['more than a megabyte', `${HEADER}\n${'x'.repeat(1_048_577)}`, 'imports/too-large'],
  ])('refuses a file with %s', async (_name, csv, code) => {
    expect((await refusalOf(imports.importUsers(caller, { csv, dryRun: true }))).code).toBe(code);
  });
});
