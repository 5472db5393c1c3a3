import styles from './sign-in.module.css';

export function RouteDrawing() {
  return (
    <svg className={styles.route} viewBox="0 0 600 480" role="img" aria-label="Drawing: a call from 1001 to 1002 finds its way to 1003">
      <path className={styles.ghost} d="M120 150h70" />
      <path className={styles.ghost} d="M248 214v62" />
      <path className={styles.ghost} d="M340 330h72" />
      <circle className={styles.ghostNode} cx="196" cy="150" r="5" />
      <circle className={styles.ghostNode} cx="248" cy="282" r="5" />
      <circle className={styles.ghostNode} cx="418" cy="330" r="5" />
      <path className={styles.line} d="M120 60v124a30 30 0 0 0 30 30h160a30 30 0 0 1 30 30v140a30 30 0 0 0 30 30h96" />
      <circle className={styles.full} cx="120" cy="56" r="9" />
      <circle className={styles.node} cx="120" cy="150" r="7" />
      <circle className={styles.node} cx="248" cy="214" r="7" />
      <circle className={styles.node} cx="340" cy="330" r="7" />
      <circle className={styles.full} cx="478" cy="414" r="13" />
      <text x="142" y="61">1001 dials 1002</text>
      <text className={styles.small} x="212" y="154">emergency: no</text>
      <text x="206" y="194">Internal 1XXX wins</text>
      <text className={styles.small} x="248" y="308" textAnchor="middle">Short codes: 3 digits</text>
      <text className={styles.small} x="434" y="334">on busy: off</text>
      <text x="358" y="300">Forward all to 1003</text>
      <text x="448" y="450">1003 rings</text>
    </svg>
  );
}
