/** The version to compare with: the one asked for, else the one before, else the one after. */
export function against(version: number, others: readonly number[], asked: number | undefined): number | undefined {
  if (asked !== undefined && asked !== version && others.includes(asked)) {
    return asked;
  }
  const older = others.filter((other) => other < version);
  const newer = others.filter((other) => other > version);
  return older.length > 0 ? Math.max(...older) : newer.length > 0 ? Math.min(...newer) : undefined;
}
