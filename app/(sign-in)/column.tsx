import type { ReactNode } from "react";

/** One column of a form's width, headed by what it is for. */
export function Column({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-[32rem] gap-6 py-8">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
