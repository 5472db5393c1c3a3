import { randomUUID } from 'node:crypto';
import {
  CallSettings,
  CallSettingsServiceService,
  type Change,
  ChangesServiceService,
  type CreateUserRequest,
  type DeleteUserRequest,
  DirectoryNumbersServiceService,
  type GetCallSettingsRequest,
  type GetSipCredentialRequest,
  type GetUserRequest,
  type GetMailboxLinkRequest,
  ImportsServiceService,
  type ImportUsersRequest,
  type LinkMailboxRequest,
  type ListChangesRequest,
  type ListMailboxLinksRequest,
  type ListUsersRequest,
  type MailboxLink,
  MailboxLinksServiceService,
  Meta,
  SipCredentialsServiceService,
  TopologyServiceService,
  type UnlinkMailboxRequest,
  type UpdateCallSettingsRequest,
  type UpdateUserRequest,
  type User,
  UsersServiceService,
} from '@sfs/contracts';
import type { CallContext } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { startStub, type StubServer } from './stub-server.ts';

export const SIP_PASSWORD = 'the-password-of-the-line';

/** Provisioning as the gateway sees it: tenants apart, tags, idempotency; everything in memory. */
export class StubProvisioning {
  readonly users = new Map<string, User>();
  readonly settings = new Map<string, { meta: Meta; settings: CallSettings }>();
  readonly links = new Map<string, MailboxLink>();
  readonly keys = new Map<string, User>();
  /** what followers load */
  readonly state: Change[] = [];
  /** the next createUser does its work, and the answer is lost */
  loseNextAnswer = false;
  #server: StubServer | undefined;

  async start(): Promise<void> {
    this.#server = await startStub([
      [UsersServiceService, this.#usersService()],
      [CallSettingsServiceService, this.#settingsService()],
      [TopologyServiceService, { listTenants: () => ({ tenants: ['default', 'acme'].map((id) => ({ meta: undefined, id, displayName: id })) }), listSites: () => ({ sites: [] }) }],
      [ImportsServiceService, { importUsers: ({ csv }: ImportUsersRequest) => ({ rows: csv.trim().split('\n').slice(1).map((_, index) => ({ line: index + 2, outcome: 'create', message: '', field: '', userId: '' })) }) }],
      [
        ChangesServiceService,
        {
          listChanges: (request: ListChangesRequest, context: CallContext) => this.#changes(request, context),
          loadState: () => this.state.map((change) => ({ change })),
        },
      ],
      [SipCredentialsServiceService, { getSipCredential: ({ switchId, number }: GetSipCredentialRequest) => ({ userName: number, password: SIP_PASSWORD, sipDomain: `${switchId}.example`, tag: 't-1' }) }],
      [DirectoryNumbersServiceService, {}],
      [MailboxLinksServiceService, this.#linksService()],
    ]);
  }

  get server(): StubServer {
    if (!this.#server) throw new Error('start it first');
    return this.#server;
  }

  add(tenant: string, displayName: string): User {
    const user = { meta: metaOf(1), id: randomUUID(), displayName, email: '', siteId: 'site-a', callingProfileId: '', numbers: [] };
    this.users.set(`${tenant}/${user.id}`, user);
    return user;
  }

  /** A number of the switch site-a that a phone can play, with all it belongs to. */
  addLine(tenant: string, number: string, user: User): void {
    const { id: userId, displayName } = user;
    this.state.push(
      stateOf(tenant, 'tenant', tenant, {}),
      stateOf(tenant, 'site', 'site-a', {}),
      stateOf(tenant, 'switch', 'site-a', { siteId: 'site-a', sipDomain: 'site-a.example' }),
      stateOf(tenant, 'user', userId, { displayName }),
      stateOf(tenant, 'dn', `site-a/${number}`, { switchId: 'site-a', number, userId }),
    );
  }

  #find(tenant: string, id: string): User {
    const user = this.users.get(`${tenant}/${id}`);
    if (!user) throw new DomainError('not-found', 'users/unknown', 'No such user', { field: 'id' });
    return user;
  }

  #usersService() {
    return {
      createUser: ({ displayName, idempotencyKey }: CreateUserRequest, { tenant }: CallContext) => {
        const known = this.keys.get(idempotencyKey);
        const user = known ?? this.add(tenant, displayName);
        if (idempotencyKey !== '') this.keys.set(idempotencyKey, user);
        if (this.loseNextAnswer) {
          this.loseNextAnswer = false;
          throw new DomainError('unavailable', 'store/timeout', 'The store did not answer in time', { outcomeUnknown: true });
        }
        return { user };
      },
      getUser: ({ id }: GetUserRequest, { tenant }: CallContext) => ({ user: this.#find(tenant, id) }),
      listUsers: ({ query }: ListUsersRequest, { tenant }: CallContext) => ({
        users: [...this.users].filter(([key, user]) => key.startsWith(`${tenant}/`) && user.displayName.startsWith(query)).map(([, user]) => user),
        nextPageToken: '',
      }),
      updateUser: ({ id, displayName, expectedTag }: UpdateUserRequest, { tenant }: CallContext) => {
        const current = this.#find(tenant, id);
        requireTag(current.meta, expectedTag);
        const user = { ...current, displayName, meta: metaOf((current.meta?.version ?? 0) + 1) };
        this.users.set(`${tenant}/${id}`, user);
        return { user };
      },
      deleteUser: ({ id, expectedTag }: DeleteUserRequest, { tenant }: CallContext) => {
        requireTag(this.#find(tenant, id).meta, expectedTag);
        this.users.delete(`${tenant}/${id}`);
        return { releasedNumbers: [{ switchId: 'site-a', number: '1001' }], callSettingsRemoved: true };
      },
    };
  }

  #settingsService() {
    const keyOf = (tenant: string, layer: string, id: string): string => `${tenant}/${layer}/${id}`;
    const layersOf = (settings: CallSettings) => [{ layer: 'system', id: '', settings: CallSettings.fromJSON({}) }, { layer: 'user', id: '', settings }];
    return {
      getCallSettings: ({ layer, id }: GetCallSettingsRequest, { tenant }: CallContext) => {
        const known = this.settings.get(keyOf(tenant, layer, id));
        const settings = known?.settings ?? CallSettings.fromJSON({});
        return { meta: known?.meta, settings, layers: layersOf(settings) };
      },
      updateCallSettings: ({ layer, id, settings = CallSettings.fromJSON({}), expectedTag }: UpdateCallSettingsRequest, { tenant }: CallContext) => {
        const known = this.settings.get(keyOf(tenant, layer, id));
        if (known && expectedTag === '') throw new DomainError('conflict', 'change-log/exists', 'It exists', { currentTag: known.meta.tag });
        if (known) requireTag(known.meta, expectedTag);
        const next = { meta: metaOf((known?.meta.version ?? 0) + 1), settings };
        this.settings.set(keyOf(tenant, layer, id), next);
        return { ...next, layers: layersOf(settings) };
      },
    };
  }

  #linksService() {
    const find = (tenant: string, mailbox: string): MailboxLink => {
      const link = this.links.get(`${tenant}/${mailbox}`);
      if (!link) throw new DomainError('not-found', 'mailbox-links/unknown', 'This mailbox belongs to nobody');
      return link;
    };
    return {
      linkMailbox: ({ mailbox, userId, expectedTag }: LinkMailboxRequest, { tenant }: CallContext) => {
        this.#find(tenant, userId);
        const known = this.links.get(`${tenant}/${mailbox}`);
        if (known) requireTag(known.meta, expectedTag);
        const link = { meta: metaOf((known?.meta?.version ?? 0) + 1), mailbox, userId };
        this.links.set(`${tenant}/${mailbox}`, link);
        return { link };
      },
      unlinkMailbox: ({ mailbox, expectedTag }: UnlinkMailboxRequest, { tenant }: CallContext) => {
        requireTag(find(tenant, mailbox).meta, expectedTag);
        this.links.delete(`${tenant}/${mailbox}`);
        return {};
      },
      getMailboxLink: ({ mailbox }: GetMailboxLinkRequest, { tenant }: CallContext) => ({ link: find(tenant, mailbox) }),
      listMailboxLinks: ({ userId }: ListMailboxLinksRequest, { tenant }: CallContext) => ({
        links: [...this.links].filter(([key, link]) => key.startsWith(`${tenant}/`) && link.userId === userId).map(([, link]) => link),
      }),
    };
  }

  #changes({ pageSize, pageToken }: ListChangesRequest, { tenant }: CallContext) {
    const start = Number(pageToken === '' ? 0 : pageToken);
    const all = [...this.users].filter(([key]) => key.startsWith(`${tenant}/`)).map(([, user]) => changeOf(tenant, user)).reverse();
    return { changes: all.slice(start, start + pageSize), nextPageToken: start + pageSize < all.length ? String(start + pageSize) : '' };
  }
}

function requireTag(meta: Meta | undefined, expectedTag: string): void {
  if (meta?.tag === expectedTag) return;
  throw new DomainError('conflict', 'change-log/stale', 'Somebody else has changed it', { currentTag: meta?.tag ?? '', remedy: 'Read it again.' });
}

function metaOf(version: number): Meta {
  return Meta.fromJSON({ version, tag: randomUUID(), changedAt: `${new Date().toISOString().slice(0, -1)}000Z`, actor: 'admin', site: 'site-a' });
}

function changeOf(tenant: string, { id, meta, displayName }: User): Change {
  return { ...stateOf(tenant, 'user', id, { displayName }), ...meta };
}

function stateOf(tenant: string, kind: string, entityId: string, body: object): Change {
  return { ...metaOf(1), id: randomUUID(), tenant, kind, entityId, parentTag: '', deleted: false, body: JSON.stringify(body), previousBody: '' };
}
