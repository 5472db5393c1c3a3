import { parsePattern } from './parse-pattern.ts';
import styles from './pattern.module.css';

/** Mono, with wildcard letters and sets coloured. */
export function Pattern({ pattern }: { readonly pattern: string }) {
  return (
    <span className={styles.pattern}>
      {parsePattern(pattern).tokens.map((token, at) => (
        <span key={at} className={styles[token.kind]}>
          {token.text}
        </span>
      ))}
    </span>
  );
}
