const shapes = {
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20.5 20.5",
  pin: "M12 21c4-4.6 6.5-8 6.5-11a6.5 6.5 0 1 0-13 0c0 3 2.5 6.4 6.5 11zM12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  calendar: "M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V8M15.5 3.5V8",
  online: "M3.5 5h17v11h-17zM9 20h6M12 16v4",
  globe: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  people:
    "M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 5zM3 19.5c0-4 2.5-5.8 6-5.8s6 1.8 6 5.8M15.5 5.3a3.2 3.2 0 0 1 0 5.8M17 14c2.6.5 4 2.3 4 5.5",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c0-4.2 3-6 7.5-6s7.5 1.8 7.5 6",
  ticket: "M3.5 6.5h17V10a2 2 0 0 0 0 4v3.5h-17V14a2 2 0 0 0 0-4zM14 6.5v11",
  tag: "M4 4h8l8 8-8 8-8-8zM8.2 8.2h.1",
  mail: "M3.5 5.5h17v13h-17zM3.5 7l8.5 6 8.5-6",
  share: "M12 15V4M8 7.5 12 3.5l4 4M5 12v8h14v-8",
  link: "M10 14a4 4 0 0 0 5.7 0l3.2-3.2a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.2 3.2a4 4 0 0 0 5.7 5.7L12 17.7",
  copy: "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
  feed: "M5 5a14 14 0 0 1 14 14M5 11a8 8 0 0 1 8 8M5.8 18.2h.1",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  filter: "M3.5 7h17M6.5 12h11M10 17h4",
  external: "M13.5 4.5h6v6M19.5 4.5 11 13M9 5.5H4.5v14h14V15",
  language: "M4 6h10M9 4v2M12 6c-1 4-4 7-8 8.5M6 9.5c1.5 2.5 3.5 4 6 4.8M12.5 20l4-9.5 4 9.5M14 17h5",
  accessible: "M12 3.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM5 9l7 1.5L19 9M12 10.5V14l-3.5 6.5M12 14l3.5 6.5",
  money: "M3.5 6.5h17v11h-17zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM6.5 12h.1M17.4 12h.1",
  repeat: "M4.5 11.5A7.5 7.5 0 0 1 18 7.5l2 2M20 5v4.5h-4.5M19.5 12.5A7.5 7.5 0 0 1 6 16.5l-2-2M4 19v-4.5h4.5",
  check: "M4.5 12.5 9.5 17.5 19.5 7",
  cross: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.6v.1",
  warning: "M12 4 21 19.5H3zM12 10v4.5M12 17v.1",
  stop: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.5 8.5l7 7M15.5 8.5l-7 7",
  flag: "M5.5 21V4h12l-2.5 4 2.5 4h-12",
  back: "M20 12H4.5M10.5 6l-6 6 6 6",
  forward: "M4 12h15.5M13.5 6l6 6-6 6",
  down: "M6 9.5l6 6 6-6",
  folder: "M3.5 5.5h6l2.5 3h8.5v10.5h-17z",
  page: "M5.5 3.5h9l4 4v13h-13zM14 4v4h4M8.5 12h7M8.5 15.5h7",
  camera: "M3.5 7h11v10h-11zM14.5 11l6-3.5v9l-6-3.5",
} as const;

export type IconName = keyof typeof shapes;

/** One outline set, always beside a word; arrows that mean "on" and "back" turn with the direction of writing. */
export function Icon({ name, size = 20, className = "" }: { name: IconName; size?: 16 | 20 | 24; className?: string }) {
  const turns = name === "back" || name === "forward" || name === "external" ? "rtl:-scale-x-100" : "";
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={`icon ${turns} ${className}`}
      dangerouslySetInnerHTML={{ __html: `<path d="${shapes[name]}"/>` }}
    />
  );
}
