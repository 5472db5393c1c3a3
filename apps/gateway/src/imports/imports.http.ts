import { call } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { ImportResult } from '@sfs/rest-contract';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';

const OUTCOMES = ['create', 'unchanged', 'refused'] as const;

export function importHandlers({ imports, bulk }: Neighbours): Pick<Handlers, 'importUsers'> {
  return {
    importUsers: async ({ context, query, body }) => {
      if (typeof body !== 'string' || body.trim() === '') {
        throw new DomainError('invalid', 'imports/empty', 'The file is empty', { field: 'body', remedy: 'Send text/csv with the header display_name,email,site,switch,number,calling_profile.' });
      }
      const { rows } = await call(imports, 'importUsers', { csv: body, dryRun: query.dryRun }, context, bulk);
      return { dryRun: query.dryRun, rows: rows.map(({ line, outcome, field, message, userId }) => ({ line, outcome: outcomeOf(outcome), field, message, userId })) };
    },
  };
}

function outcomeOf(text: string): ImportResult['rows'][number]['outcome'] {
  return OUTCOMES.find((outcome) => outcome === text) ?? 'refused';
}
