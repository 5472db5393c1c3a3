import type { Pack, PackModel } from '@sfs/phone-config';

const model = (name: string, code: string, aliases: readonly string[] = []): PackModel => ({ name, code, family: '', aliases });

/** For specs that need vendors, not their files. */
export const TEST_PACKS = [
  { id: 'yealink', name: 'Yealink', ouis: ['805ec0'], models: [model('T46U', '108'), model('T54W', '96', ['SIP-T54W'])], files: [{ kind: 'boot', name: 'y000000000000.boot', text: [] }, { kind: 'common', name: 'y000000000{code}.cfg', text: [] }, { kind: 'own', name: '{mac}.cfg', text: [] }, { kind: 'optional', name: '{mac}-contact.xml', text: [] }] },
  { id: 'audiocodes', name: 'AudioCodes', ouis: ['00908f'], models: [model('440HD', '')], files: [{ kind: 'own', name: '{mac}.cfg', text: [] }] },
] as unknown as readonly Pack[];
