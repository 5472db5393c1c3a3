import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Hash, History, type LucideIcon, Phone, PhoneCall, Plus, Route, Search, User, Voicemail } from 'lucide-react';
import { useState } from 'react';
import { Autocomplete, Collection, Dialog, Header, Input, ListBox, ListBoxItem, ListBoxSection, Modal, ModalOverlay, SearchField } from 'react-aria-components';
import { type Found, paletteQuery } from '../features/users/find.api.ts';
import { macIn, macWords, nameOf } from '../features/devices/device-words.ts';
import { cx } from '../ui/cx.ts';
import { dialogStyles } from '../ui/dialog.tsx';
import styles from './palette.module.css';
import { PLACES } from './places.ts';
import { useScope } from './scope.ts';

interface Entry {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly about: string;
  readonly kind: string;
  readonly go: () => void;
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** One field: found things, then what can be done with what was typed, then pages. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [query, setQuery] = useState('');
  const groups = useGroups(query.trim());
  const entries = groups.flatMap((group) => group.entries);
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={cx(dialogStyles.overlay, dialogStyles.top)}>
      <Modal className={cx(dialogStyles.modal, dialogStyles.palette)}>
        <Dialog className={dialogStyles.dialog} aria-label="Search or jump to">
          <Autocomplete inputValue={query} onInputChange={setQuery} disableAutoFocusFirst={false}>
            <SearchField aria-label="Search or jump to" autoFocus className={styles.field}>
              <Search aria-hidden />
              <Input placeholder="Name, number, MAC, page or Call-ID" />
              <kbd aria-hidden>Esc</kbd>
            </SearchField>
            <ListBox
              aria-label="Results"
              className={styles.list}
              items={groups}
              selectionMode="none"
              onAction={(id) => {
                onClose();
                entries.find((entry) => entry.id === id)?.go();
              }}
              renderEmptyState={() => <p className={styles.none}>Nothing found for “{query}”.</p>}
            >
              {(group) => (
                <ListBoxSection id={group.id} className={styles.section}>
                  <Header className={styles.header}>{group.title}</Header>
                  <Collection items={group.entries}>
                    {({ id, icon: Icon, title, about, kind }) => (
                      <ListBoxItem id={id} textValue={title} className={styles.option}>
                        <Icon aria-hidden />
                        <span className={styles.what}>
                          {title} <span>{about}</span>
                        </span>
                        <span className={styles.kind}>{kind}</span>
                      </ListBoxItem>
                    )}
                  </Collection>
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
          <p className={styles.foot} aria-hidden>
            <span>
              <kbd>↑</kbd> <kbd>↓</kbd> move
            </span>
            <span>
              <kbd>Enter</kbd> open
            </span>
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

type Navigate = ReturnType<typeof useNavigate>;

function useGroups(query: string): readonly Group[] {
  const navigate = useNavigate();
  const { switchId } = useScope();
  const { data } = useQuery(paletteQuery(query, switchId));
  const lower = query.toLowerCase();
  const pages = PLACES.filter(({ label }) => label.toLowerCase().includes(lower)).map(({ to, label, icon, key }): Entry => ({ id: `p-${to}`, icon, title: label, about: '', kind: `G ${key.toUpperCase()}`, go: () => void navigate({ to }) }));
  return [
    { id: 'found', title: 'Found', entries: data ? foundEntries(data, navigate) : [] },
    { id: 'do', title: 'Do', entries: actionEntries(query, navigate) },
    { id: 'go', title: 'Go to', entries: pages },
  ].filter((group) => group.entries.length > 0);
}

function foundEntries({ users, numbers, mailboxes, devices }: Found, navigate: Navigate): readonly Entry[] {
  return [
    ...users.map((user): Entry => ({ id: `u-${user.id}`, icon: User, title: user.displayName, about: user.numbers.map((each) => each.number).join(', ') || 'no number', kind: 'User', go: () => void navigate({ to: '/users/$id', params: { id: user.id } }) })),
    ...numbers.map((each): Entry => ({ id: `n-${each.number}`, icon: Hash, title: each.number, about: each.userId ? `on ${each.switchId}` : `on ${each.switchId}, belongs to nobody`, kind: 'Number', go: () => void navigate({ to: '/numbers/$switchId/$number', params: { switchId: each.switchId, number: each.number } }) })),
    ...mailboxes.map(({ number, owner, counts }): Entry => ({ id: `m-${number}`, icon: Voicemail, title: `Mailbox ${number}`, about: `${owner?.displayName ?? 'belongs to nobody'}${counts.new > 0 ? `, ${counts.new} new` : ''}`, kind: 'Mailbox', go: () => void navigate({ to: '/voicemail/$number', params: { number } }) })),
    ...devices.map((device): Entry => ({ id: `d-${device.mac}`, icon: Phone, title: nameOf(device), about: [device.number || device.state, macWords(device.mac)].join(', '), kind: 'Device', go: () => void navigate({ to: '/devices/$mac', params: { mac: device.mac } }) })),
  ];
}

const NEW = [
  { id: 'new-user', icon: Plus, title: 'New user', to: '/users/new' },
  { id: 'new-number', icon: Plus, title: 'New number', to: '/numbers/new' },
  { id: 'new-mailbox', icon: Plus, title: 'New mailbox', to: '/voicemail/new' },
  { id: 'new-device', icon: Plus, title: 'Add device', to: '/devices/new' },
  { id: 'test-call', icon: PhoneCall, title: 'Test a call', to: '/calls/test' },
] as const;

function actionEntries(query: string, navigate: Navigate): readonly Entry[] {
  const number = /^\+?[0-9*#]{1,32}$/.test(query) ? query : '';
  const mac = macIn(query);
  const act = (id: string, icon: LucideIcon, title: string, go: () => void): Entry => ({ id, icon, title, about: '', kind: '', go });
  return [
    ...(mac ? [act('open-mac', Phone, `Open the device ${macWords(mac)}`, () => void navigate({ to: '/devices/$mac', params: { mac } }))] : []),
    ...(number && !mac ? [act('test', Route, `Test a call to ${number}`, () => void navigate({ to: '/calls/test', search: { to: number } }))] : []),
    ...(query.length > 5 && !number && !mac ? [act('explain', History, 'Explain the call with this Call-ID', () => void navigate({ to: '/calls/explain', search: { call: query } }))] : []),
    ...NEW.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())).map(({ id, icon, title, to }) => act(id, icon, title, () => void navigate({ to }))),
  ];
}
