import { CopyButton } from './CopyButton';
import styles from './parts.module.css';

/** The first eight characters of a digest, the whole to copy, and a link to what it names. */
export function Digest({ value, href }: { value: string; href?: string }) {
  const short = value.replace(/^sha256:/, '').slice(0, 8);
  return (
    <span className={styles.digest}>
      {href ? (
        <a href={href} title={value}>
          <code>{short}</code>
        </a>
      ) : (
        <code title={value}>{short}</code>
      )}
      <CopyButton text={value} label={`Copy digest ${short}…`} />
    </span>
  );
}
