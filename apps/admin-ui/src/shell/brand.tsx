import styles from './shell.module.css';

export function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" aria-hidden>
      <path d="M5 5v5a5 5 0 0 0 5 5h4a5 5 0 0 1 5 5" />
      <path d="M5 13v6" strokeDasharray="0.1 4.2" />
      <circle cx="5" cy="4" r="2.2" fill="currentColor" stroke="none" />
      <circle cx="19" cy="20.4" r="2.2" fill="currentColor" stroke="none" />
    </svg>
  );
}

export function Brand() {
  return (
    <span className={styles.brandPlain}>
      <Mark />
      <b>SFS</b>
    </span>
  );
}
