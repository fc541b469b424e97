import styles from './parts.module.css';

interface WhoProps {
  name: string;
  /** A service account is told from a person by a square mark and the word. */
  kind?: string;
  /** What they were at that time, for example `approver`. */
  role?: string;
}

/** A person or a service account. */
export function Who({ name, kind = 'person', role }: WhoProps) {
  const machine = kind === 'serviceAccount';
  return (
    <span className={styles.who}>
      <span className={machine ? styles.machine : styles.face} aria-hidden="true">
        {initials(name)}
      </span>
      <bdi>{name}</bdi>
      {machine && <span className={styles.dim}>service account</span>}
      {role && <span className={styles.dim}>{role}</span>}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words[1]?.[0] ?? '')).toUpperCase();
}
