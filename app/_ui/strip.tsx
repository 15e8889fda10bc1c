import { Cover } from "./cover.tsx";

/** A band of shapes above what a page says that has nothing to show. */
export const Strip = ({ seed }: { seed: string }) => (
  <div data-tone="slate" className="tone overflow-hidden rounded-card print:hidden">
    <Cover seed={seed} rows={1} columns={9} className="h-20 sm:h-28" />
  </div>
);
