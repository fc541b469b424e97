import { linksOf, type Linked, type Place } from './layout';

/** The node that an arrow key leads to: along the links to the left and right, within the column up and down; Home and End are the ends. */
export function neighbour(nodes: readonly Linked[], places: ReadonlyMap<string, Place>, from: string, key: string): string | undefined {
  const here = places.get(from);
  if (!here) {
    return nodes[0]?.id;
  }
  const links = linksOf(nodes);
  const nearest = (ids: readonly string[]): string | undefined => {
    const far = (id: string) => Math.abs((places.get(id)?.y ?? 0) - here.y);
    return [...ids].sort((a, b) => far(a) - far(b))[0];
  };
  const column = nodes.map(({ id }) => id).filter((id) => id !== from && Math.abs((places.get(id)?.x ?? 0) - here.x) < 1);
  const inOrder = reading(nodes, places);
  switch (key) {
    case 'ArrowRight':
      return nearest(links.filter((link) => link.from === from).map(({ to }) => to));
    case 'ArrowLeft':
      return nearest(links.filter((link) => link.to === from).map((link) => link.from));
    case 'ArrowDown':
      return nearest(column.filter((id) => (places.get(id)?.y ?? 0) > here.y));
    case 'ArrowUp':
      return nearest(column.filter((id) => (places.get(id)?.y ?? 0) < here.y));
    case 'Home':
      return inOrder[0];
    case 'End':
      return inOrder.at(-1);
    default:
      return undefined;
  }
}

/** The ids as one reads the picture: column after column, each from its top. */
export function reading(nodes: readonly Linked[], places: ReadonlyMap<string, Place>): string[] {
  const at = (id: string): Place => places.get(id) ?? { x: 0, y: 0 };
  return nodes.map(({ id }) => id).sort((a, b) => at(a).x - at(b).x || at(a).y - at(b).y);
}
