/** As many rows as a page of settings shows; whoever has more of them uses the API. */
const most = 5_000;

/** Every item of a list that is short by nature, such as people: page after page. */
export async function all<T>(page: (cursor: string | undefined) => Promise<{ items: readonly T[]; next?: string | null }>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(cursor);
    items.push(...answer.items);
    cursor = answer.next ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return items;
}
