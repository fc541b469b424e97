import { useEffect, type ReactNode } from 'react';
import styles from './Page.module.css';

interface PageProps {
  title: string;
  /** What the page belongs to, as links, before the title. */
  crumbs?: ReactNode;
  /** Verdict chips beside the title. */
  chips?: ReactNode;
  /** One line of facts under the title. */
  facts?: ReactNode;
  /** One primary action at most. */
  action?: ReactNode;
  toolbar?: ReactNode;
  /** The content scrolls by itself, as tables do, and takes the height that is left. */
  fill?: boolean;
  children: ReactNode;
}

/** Title, facts, toolbar, main: the same on every page. */
export function Page({ title, crumbs, chips, facts, action, toolbar, fill = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Slipway`;
  }, [title]);

  return (
    <div className={styles.page} data-fill={fill || undefined}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <div className={styles.line}>
            {crumbs && (
              <span className={styles.crumbs}>
                {crumbs}
                <span aria-hidden="true"> / </span>
              </span>
            )}
            <h1>
              <bdi>{title}</bdi>
            </h1>
            {chips}
          </div>
          {facts && <div className={styles.facts}>{facts}</div>}
        </div>
        {action && (
          <div className={styles.action} data-no-print>
            {action}
          </div>
        )}
      </div>
      {toolbar && (
        <div className={styles.toolbar} data-no-print>
          {toolbar}
        </div>
      )}
      <div className={styles.main}>{children}</div>
    </div>
  );
}
