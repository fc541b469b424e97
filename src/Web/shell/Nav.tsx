import { useLocation } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { PageEntry } from '@/module';
import { Go } from '@/parts/Go';
import { Icon } from '@/parts/Icon';
import { usePages } from './modules';
import styles from './Nav.module.css';
import { useWorkspace } from './workspace';

const groups = ['Home', 'Build', 'Govern', 'Operate'] as const;

/** The pages in the order of a model's life. */
export function Nav() {
  const pages = usePages();
  return (
    <nav className={styles.nav} aria-label="Pages">
      {groups.map((group) => {
        const mine = pages.filter((page) => page.group === group);
        if (mine.length === 0) {
          return null;
        }
        return (
          <Fragment key={group}>
            {group !== 'Home' && <h2 className={styles.group}>{group}</h2>}
            <ul>
              {mine.map((page) => (
                <li key={page.id}>
                  <NavLink page={page} />
                </li>
              ))}
            </ul>
          </Fragment>
        );
      })}
    </nav>
  );
}

export function NavLink({ page }: { page: PageEntry }) {
  const workspace = useWorkspace();
  const { pathname } = useLocation();
  const path = page.path(workspace);
  const within = (start: string) => pathname === start || pathname.startsWith(`${start}/`);
  const here = page.group === 'Home' ? pathname === path : [path, page.also?.(workspace)].some((start) => start !== undefined && within(start));
  return (
    <Go href={path} className={styles.link} aria-current={here ? 'page' : undefined} title={page.key ? `g ${page.key}` : undefined}>
      <Icon name={page.icon} />
      <span>{page.title}</span>
    </Go>
  );
}
