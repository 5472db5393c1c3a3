import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { controlStyles } from '../../ui/controls.tsx';
import { usersQuery } from '../users/users.api.ts';
import styles from './user-picker.module.css';

interface UserPickerProps {
  readonly label: string;
  readonly switchId: string;
  readonly onPick: (userId: string) => void;
  readonly name?: string;
}

/** Finds a user by name or number while typing; an emptied field picks nobody. */
export function UserPicker({ label, switchId, onPick, name = '' }: UserPickerProps) {
  const [typed, setTyped] = useState(name);
  const { data } = useQuery(usersQuery(typed === name ? '' : typed.trim(), undefined, switchId));
  const items = data?.items ?? [];
  return (
    <ComboBox
      className={controlStyles.field}
      inputValue={typed}
      onInputChange={(text) => {
        setTyped(text);
        if (!text) onPick('');
      }}
      items={items}
      onSelectionChange={(key) => {
        const user = items.find((each) => each.id === key);
        if (!user) return;
        setTyped(user.displayName);
        onPick(user.id);
      }}
      menuTrigger="focus"
      allowsEmptyCollection
      allowsCustomValue
      defaultFilter={() => true}
    >
      <Label className={controlStyles.label}>{label}</Label>
      <div className={styles.box}>
        <Input className={controlStyles.input} placeholder="Name or number" />
        <Button className={styles.open} aria-label="Show users">
          <ChevronDown aria-hidden />
        </Button>
      </div>
      <Popover className={styles.popover}>
        <ListBox className={styles.list} renderEmptyState={() => <p className={styles.none}>No user matches “{typed}”.</p>}>
          {(user: (typeof items)[number]) => (
            <ListBoxItem id={user.id} textValue={user.displayName} className={styles.option}>
              {user.displayName} <span>{user.numbers.map((each) => each.number).join(', ') || 'no number'}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
