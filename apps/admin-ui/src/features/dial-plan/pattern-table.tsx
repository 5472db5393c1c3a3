import type { PlanIssue } from '@sfs/rest-contract';
import { X } from 'lucide-react';
import { Fragment, useState } from 'react';
import { Button, controlStyles, ErrorText } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import styles from './dial-plan.module.css';
import { Finding } from './issue-chip.tsx';
import { parsePattern, patternWords } from './parse-pattern.ts';
import { Pattern } from './pattern.tsx';

interface PatternTableProps {
  readonly patterns: readonly string[];
  readonly saved: readonly string[];
  readonly action: string;
  readonly issues: readonly PlanIssue[];
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (patterns: string[]) => void;
}

const HEAD = [{ key: 'pattern', label: 'Pattern' }, { key: 'means', label: 'Means' }, { key: 'action', label: 'Action' }, { key: 'remove', label: <span className={text.sr}>Remove</span>, right: true }] as const;

/** Findings sit under the rule they are about; a pattern is edited where it stands. */
export function PatternTable({ patterns, saved, action, issues, errors, onChange }: PatternTableProps) {
  const [editing, setEditing] = useState<number>();
  const replace = (at: number, next: string) => onChange(next ? patterns.map((each, index) => (index === at ? next : each)) : patterns.filter((_, index) => index !== at));
  return (
    <div className={cx(styles.patterns, table.top)}>
      <Table label="Patterns" head={HEAD}>
        {patterns.map((pattern, at) => {
          const found = issues.filter((issue) => issue.pattern === pattern);
          const fault = errors[`patterns.${at}`] ?? parsePattern(pattern).fault?.message;
          return (
            <Fragment key={`${at}-${pattern}`}>
              <tr data-has-finding={found.length > 0 || fault ? '' : undefined}>
                <td data-c="a">
                  {editing === at ? (
                    <PatternInput
                      pattern={pattern}
                      onDone={(next) => {
                        setEditing(undefined);
                        if (next !== undefined && next !== pattern) replace(at, next);
                      }}
                    />
                  ) : (
                    <button type="button" className={cx(styles.patternButton, !saved.includes(pattern) && styles.changed)} aria-label={`Pattern ${pattern}, edit`} onClick={() => setEditing(at)}>
                      <Pattern pattern={pattern} />
                    </button>
                  )}
                </td>
                <td data-c="c" className={cx(text.muted, table.wrap)}>
                  {patternWords(pattern)}
                </td>
                <td className={table.second}>{action}</td>
                <td data-c="b" className={table.right}>
                  <Button look="ghost" small icon aria-label={`Remove pattern ${pattern}`} onClick={() => replace(at, '')}>
                    <X aria-hidden />
                  </Button>
                </td>
              </tr>
              {found.length > 0 || fault ? (
                <tr className={styles.findingRow}>
                  <td colSpan={4}>
                    {fault ? <ErrorText>{fault}</ErrorText> : null}
                    {found.map((issue) => (
                      <Finding key={issue.code} issue={issue} />
                    ))}
                  </td>
                </tr>
              ) : null}
            </Fragment>
          );
        })}
      </Table>
    </div>
  );
}

function PatternInput({ pattern, onDone }: { readonly pattern: string; readonly onDone: (next: string | undefined) => void }) {
  const [value, setValue] = useState(pattern);
  return (
    <input
      className={cx(controlStyles.input, styles.patternInput)}
      aria-label="Pattern"
      autoFocus
      spellCheck={false}
      autoComplete="off"
      value={value}
      onChange={(event) => setValue(event.target.value.replace(/\s/g, ''))}
      onBlur={() => onDone(value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone(value);
        if (event.key === 'Escape') onDone(undefined);
      }}
    />
  );
}
