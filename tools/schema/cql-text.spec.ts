import { describe, expect, it } from 'vitest';
import { faultOf, splitStatements } from './cql-text.ts';

describe('splitStatements', () => {
  it('drops comments and cuts at semicolons', () => {
    const text = '-- first; not a cut\nCREATE TABLE IF NOT EXISTS a (\n  b text PRIMARY KEY -- key\n); /* ; */ // x;\nALTER TABLE a ADD IF NOT EXISTS c int;';
    expect(splitStatements(text)).toEqual([
      'CREATE TABLE IF NOT EXISTS a ( b text PRIMARY KEY )',
      'ALTER TABLE a ADD IF NOT EXISTS c int',
    ]);
  });

  it('leaves semicolons and dashes inside quotes alone', () => {
    expect(splitStatements("ALTER TABLE a WITH comment = 'it''s; -- here'; ")).toEqual(["ALTER TABLE a WITH comment = 'it''s; -- here'"]);
  });
});

describe('faultOf', () => {
  it.each([
    'CREATE TABLE IF NOT EXISTS users (id text PRIMARY KEY)',
    'ALTER TABLE users ADD IF NOT EXISTS name text',
    "ALTER TABLE users WITH comment = 'people'",
  ])('accepts %s', (statement) => expect(faultOf(statement)).toBeUndefined());

  it.each([
    ['CREATE TABLE users (id text PRIMARY KEY)', /not repeatable/],
    ['DROP TABLE users', /not repeatable/],
    ['CREATE TABLE IF NOT EXISTS ks.users (id text PRIMARY KEY)', /names a keyspace/],
    ['CREATE TABLE IF NOT EXISTS users (id text PRIMARY KEY, v vector<float, 3>)', /4\.1/],
    ["CREATE INDEX IF NOT EXISTS i ON users (name) USING 'sai'", /4\.1/],
  ])('refuses %s', (statement, fault) => expect(faultOf(statement)).toMatch(fault));
});
