import '@xyflow/react/dist/base.css';
import {
  BaseEdge,
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import { useEffect, useId, useMemo, type KeyboardEvent } from 'react';
import { StateMark } from '@/parts/StateMark';
import { useScheme } from '@/theme/scheme';
import type { GraphNode, GraphProps } from './Graph';
import styles from './Graph.module.css';
import { linksOf, nodeSize, type Layout } from './layout';
import { neighbour, reading } from './walk';

interface CanvasProps extends GraphProps {
  placed: Layout;
}

interface Drawn extends Record<string, unknown> {
  node: GraphNode;
  domId: string;
  chosen: boolean;
  /** The one that the Tab key reaches; arrow keys lead to the others. */
  reached: boolean;
  onChoose: (id: string) => void;
}

const handles = [
  { type: 'target', position: Position.Left, x: 0, y: nodeSize.height / 2, width: 1, height: 1 },
  { type: 'source', position: Position.Right, x: nodeSize.width, y: nodeSize.height / 2, width: 1, height: 1 },
] as const;

function Card({ data }: NodeProps<Node<Drawn>>) {
  const { node, domId, chosen, reached, onChoose } = data;
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className={styles.handle} />
      <button
        id={domId}
        type="button"
        className={`nopan ${styles.node}`}
        data-tone={node.mark.tone}
        data-id={node.id}
        aria-pressed={chosen}
        tabIndex={reached ? 0 : -1}
        onClick={() => onChoose(node.id)}
      >
        <StateMark mark={node.mark} bare />
        <bdi>{node.title}</bdi>
        <span>{node.note ?? node.mark.word}</span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} className={styles.handle} />
    </>
  );
}

function Line({ id, data }: EdgeProps<Edge<{ path: string }>>) {
  return <BaseEdge id={id} path={data?.path ?? ''} interactionWidth={0} />;
}

const nodeTypes = { card: Card };
const edgeTypes = { line: Line };

/** The picture of a graph: drawn by React Flow with our own cards, walked by the arrow keys. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}

function Picture({ label, nodes, chosen, onChoose, placed }: CanvasProps) {
  const id = useId();
  const flow = useReactFlow();
  const { scheme } = useScheme();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const reached = chosen !== undefined && placed.places.has(chosen) ? chosen : reading(nodes, placed.places)[0];

  useEffect(() => {
    if (width > 0 && height > 0) {
      void flow.fitView({ padding: { x: '20px', top: '14px', bottom: '36px' }, maxZoom: 1, minZoom: 0.7 });
    }
  }, [flow, placed, width, height]);

  const cards = useMemo(
    () =>
      nodes.map((node): Node<Drawn> => ({
        id: node.id,
        type: 'card',
        position: placed.places.get(node.id) ?? { x: 0, y: 0 },
        ...nodeSize,
        measured: { ...nodeSize },
        handles: handles.map((handle) => ({ ...handle })),
        data: { node, domId: `${id}${node.id}`, chosen: node.id === chosen, reached: node.id === reached, onChoose },
        // The button inside is what is focused and named.
        domAttributes: { 'aria-roledescription': undefined },
      })),
    [nodes, placed, id, chosen, reached, onChoose],
  );
  const edges = useMemo(() => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    return linksOf(nodes).map(({ from, to }): Edge => ({
      id: `${from} ${to}`,
      type: 'line',
      data: { path: placed.lines.get(`${from} ${to}`) ?? '' },
      source: from,
      target: to,
      className: byId.get(to)?.mark.tone === 'busy' ? styles.flowing : styles.edge,
      domAttributes: { 'aria-hidden': true },
    }));
  }, [nodes, placed]);

  const walk = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).dataset.id;
    const to = from === undefined ? undefined : neighbour(nodes, placed.places, from, event.key);
    if (to === undefined) {
      return;
    }
    event.preventDefault();
    onChoose(to);
    document.getElementById(`${id}${to}`)?.focus({ preventScroll: true });
    bringIntoView(to);
  };
  const bringIntoView = (to: string) => {
    const place = placed.places.get(to);
    const { x, y, zoom } = flow.getViewport();
    if (!place) {
      return;
    }
    const left = place.x * zoom + x;
    const top = place.y * zoom + y;
    if (left < 0 || top < 0 || left + nodeSize.width * zoom > width || top + nodeSize.height * zoom > height) {
      void flow.setCenter(place.x + nodeSize.width / 2, place.y + nodeSize.height / 2, { zoom });
    }
  };

  return (
    <div className={styles.canvas} onKeyDown={walk}>
      <ReactFlow
        aria-label={`${label}: arrow keys lead along the links`}
        role="group"
        nodes={cards}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        panOnScroll={false}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        minZoom={0.4}
        maxZoom={1.5}
        proOptions={{ hideAttribution: true }}
      />
      <div className={styles.zoom} data-no-print>
        <button type="button" aria-label="Larger" title="Larger" onClick={() => void flow.zoomIn()}>
          +
        </button>
        <button type="button" aria-label="Smaller" title="Smaller" onClick={() => void flow.zoomOut()}>
          −
        </button>
        <button
          type="button"
          aria-label="Show all"
          title="Show all"
          onClick={() => void flow.fitView({ padding: { x: '20px', top: '14px', bottom: '36px' }, maxZoom: 1 })}
        >
          ⤢
        </button>
      </div>
    </div>
  );
}
