import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { controlStyles, ErrorText } from '../../ui/controls.tsx';
import styles from '../numbers/user-picker.module.css';
import { numbersToPickQuery } from './number-picker.api.ts';

interface NumberPickerProps {
  readonly label: string;
  readonly switchId: string;
  readonly number: string;
  readonly onPick: (number: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
}

/** Finds a number by its beginning or by its owner's name; what is typed counts, an emptied field picks none. */
export function NumberPicker({ label, switchId, number, onPick, error, hint }: NumberPickerProps) {
  const [typed, setTyped] = useState(number);
  const sent = useRef(number);
  useEffect(() => {
    if (number !== sent.current) setTyped(number);
    sent.current = number;
  }, [number]);
  const pick = (next: string) => {
    sent.current = next;
    onPick(next);
  };
  const { data: items = [] } = useQuery(numbersToPickQuery(typed === number ? '' : typed.trim(), switchId));
  return (
    <ComboBox
      className={controlStyles.field}
      inputValue={typed}
      onInputChange={(text) => {
        setTyped(text);
        pick(/^\+?[0-9*#]*$/.test(text.trim()) ? text.trim() : '');
      }}
      items={items}
      onSelectionChange={(key) => {
        const found = items.find((each) => each.number === key);
        if (!found) return;
        setTyped(found.number);
        pick(found.number);
      }}
      menuTrigger="focus"
      allowsEmptyCollection
      allowsCustomValue
      defaultFilter={() => true}
      isInvalid={Boolean(error)}
    >
      <Label className={controlStyles.label}>{label}</Label>
      <div className={styles.box}>
        <Input className={controlStyles.input} placeholder="Number or name" />
        <Button className={styles.open} aria-label="Show numbers">
          <ChevronDown aria-hidden />
        </Button>
      </div>
      {error ? (
        <Text slot="errorMessage">
          <ErrorText>{error}</ErrorText>
        </Text>
      ) : hint ? (
        <Text slot="description" className={controlStyles.hint}>
          {hint}
        </Text>
      ) : null}
      <Popover className={styles.popover}>
        <ListBox className={styles.list} renderEmptyState={() => <p className={styles.none}>No number matches “{typed}” on {switchId}.</p>}>
          {(each: (typeof items)[number]) => (
            <ListBoxItem id={each.number} textValue={each.number} className={styles.option}>
              {each.number} <span>{each.name || 'nobody'}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
