import { Graph, layout as place } from '@dagrejs/dagre';

/** Something of a graph and what it comes after. */
export interface Linked {
  id: string;
  /** Ids of what comes directly before it; unknown ones are ignored. */
  after: readonly string[];
}

/** Where a node stands: its upper left corner, in CSS pixels. */
export interface Place {
  x: number;
  y: number;
}

export interface Layout {
  places: ReadonlyMap<string, Place>;
  /** The line of each link as an SVG path, by `from to`; it passes between the nodes, not behind them. */
  lines: ReadonlyMap<string, string>;
  width: number;
  height: number;
}

/** Width and height of every node, in CSS pixels. */
export const nodeSize = { width: 184, height: 58 } as const;

/** The links between known nodes, each once. */
export function linksOf(nodes: readonly Linked[]): { from: string; to: string }[] {
  const known = new Set(nodes.map(({ id }) => id));
  return nodes.flatMap(({ id, after }) => [...new Set(after)].filter((from) => known.has(from) && from !== id).map((from) => ({ from, to: id })));
}

/** Places nodes in columns from left to right, so that few links cross (Gansner et al. 1993, as dagre does it). */
export function layout(nodes: readonly Linked[]): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 44, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  nodes.forEach(({ id }) => graph.setNode(id, { ...nodeSize }));
  linksOf(nodes).forEach(({ from, to }) => graph.setEdge(from, to));
  place(graph);
  const places = new Map(
    nodes.map(({ id }) => {
      const { x = 0, y = 0 } = graph.node(id) as Partial<Place>;
      return [id, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }];
    }),
  );
  const all = [...places.values()];
  const lines = new Map(
    linksOf(nodes).map(({ from, to }) => {
      const points = (graph.edge(from, to) as { points?: Place[] }).points ?? [];
      return [`${from} ${to}`, lineThrough(places.get(from), places.get(to), points.slice(1, -1))];
    }),
  );
  return {
    places,
    lines,
    width: Math.max(0, ...all.map(({ x }) => x + nodeSize.width)),
    height: Math.max(0, ...all.map(({ y }) => y + nodeSize.height)),
  };
}

/** From the right side of one node to the left side of another, level through the columns that it crosses. */
function lineThrough(from: Place | undefined, to: Place | undefined, between: readonly Place[]): string {
  if (!from || !to) {
    return '';
  }
  const middle = nodeSize.height / 2;
  const half = nodeSize.width / 2;
  const crossed = between.filter(({ x }) => x > from.x + nodeSize.width + half && x < to.x - half);
  let [x, y] = [from.x + nodeSize.width, from.y + middle];
  let path = `M${x} ${y}`;
  const bend = (toX: number, toY: number) => {
    const turn = (x + toX) / 2;
    path += `C${turn} ${y} ${turn} ${toY} ${toX} ${toY}`;
    [x, y] = [toX, toY];
  };
  for (const point of crossed) {
    bend(point.x - half, point.y);
    x = point.x + half;
    path += `H${x}`;
  }
  bend(to.x, to.y + middle);
  return path;
}
