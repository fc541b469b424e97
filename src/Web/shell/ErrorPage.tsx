import { Problem } from '@/parts/Problem';
import { Page } from '@/parts/Page';
import { EmptyState } from '@/parts/EmptyState';
import { Go } from '@/parts/Go';

/** A page that broke: cause, next step, id. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <Page title="This page could not be shown">
      <Problem title="Slipway could not load what the page needs" error={error} retry={() => location.reload()} />
    </Page>
  );
}

export function NotFoundPage() {
  return (
    <Page title="Nothing here">
      <EmptyState
        title={`There is no page at ${location.pathname}`}
        why="The address may be misspelt, what it named may be deleted, or you may hold no role in that workspace."
      >
        <p>
          <Go href="/">Go to your home page</Go>, or press Ctrl K and search by name or id.
        </p>
      </EmptyState>
    </Page>
  );
}
