const paths = {
  home: 'M2.5 7.5 8 3l5.5 4.5M4 6.5V13h8V6.5',
  experiments: 'M6 2.5v4L2.8 12a1 1 0 0 0 .9 1.5h8.6a1 1 0 0 0 .9-1.5L10 6.5v-4M5 2.5h6M4.6 9.5h6.8',
  runs: 'M2.5 13V3M2.5 13h11M4.5 10l3-4 2.5 2.5L13.5 4',
  datasets: 'M2.5 4.5c0-1.1 2.5-2 5.5-2s5.5.9 5.5 2-2.5 2-5.5 2-5.5-.9-5.5-2v7c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2v-7M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2',
  pipelines: 'M2 6.5h3.5v3H2zM10.5 2.5H14v3h-3.5zM10.5 10.5H14v3h-3.5zM5.5 8H8V4h2.5M8 8v4h2.5',
  models: 'M8 2 13.5 5v6L8 14 2.5 11V5zM2.5 5 8 8l5.5-3M8 8v6',
  endpoints: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.1M5 11h.1M8 5h3M8 11h3',
  monitors: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  audit: 'M8 2.5 13 4v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM5.8 8l1.6 1.6L10.4 6.5',
  approvals: 'M2.5 11.5c2-5 3.4-7.6 4.4-7.2 1.3.5-1.6 6-.4 6.3 1 .3 1.6-2.4 2.6-2.2.8.2.1 1.9 1 2.1.8.2 1.4-1 3.4-1M2.5 14h11',
  policies: 'M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2.5',
  inventory: 'M2.5 3h4.5v4.5H2.5zM2.5 9.5h4.5V13H2.5zM9.5 4h4M9.5 6.5h4M9.5 10h4M9.5 12.5h4',
  exceptions: 'M4 14V2.5M4 3h8.5l-2 3 2 3H4',
  people: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 13.5c.4-2.6 2.4-4 5-4s4.6 1.4 5 4',
  key: 'M9.5 6.5a3 3 0 1 0-2 2l1 1H10V11h1.5v1.5H14V10zM5.2 5.2v.1',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.5 10.5 14 14',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M6.3 6.2a1.8 1.8 0 1 1 2.4 1.9c-.5.2-.7.5-.7 1.1M8 11.3v.1',
  sun: 'M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M13.3 9.6A5.7 5.7 0 0 1 6.4 2.7a5.7 5.7 0 1 0 6.9 6.9',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  check: 'm3 8.5 3.2 3L13 4.5',
  close: 'm4 4 8 8M12 4l-8 8',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  download: 'M8 2.5V10M4.8 7 8 10.2 11.2 7M2.5 13.5h11',
  folder: 'M2 4.5a1 1 0 0 1 1-1h3l1.5 2H13a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1z',
  file: 'M4 2.5h5.5L12.5 5v8.5H4zM9.5 2.5V5h3',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  pin: 'M6 2.5h4M6.5 2.5v4L4.5 9h7l-2-2.5v-4M8 9v4.5',
  left: 'M10 4 6 8l4 4',
  right: 'm6 4 4 4-4 4',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6',
  image: 'M2.5 3h11v10h-11zM2.5 11l3.2-3.5 2.6 2.6 2-1.6 3.2 2.5M10.5 6v.1',
  bolt: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  workspace: 'M2.5 13.5v-8L8 2.5l5.5 3v8zM6 13.5v-4h4v4',
  out: 'M6.5 2.5h-4v11h4M6 8h7.5M10.5 5l3 3-3 3',
  plus: 'M8 3v10M3 8h10',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 9h5.8l.6-9M6.7 7v4M9.3 7v4',
  stop: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M3.8 3.8l8.4 8.4',
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing beside a word; a control that shows it alone carries its own label. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
