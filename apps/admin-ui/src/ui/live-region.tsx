import { useEffect, useState } from 'react';
import { onAnnounce } from './announce.ts';
import styles from './text.module.css';

export function LiveRegion() {
  const [text, setText] = useState('');
  useEffect(() => onAnnounce(setText), []);
  return (
    <p className={styles.sr} role="status" aria-live="polite">
      {text}
    </p>
  );
}
