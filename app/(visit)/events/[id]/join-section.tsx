import type { ReactNode } from "react";
import type { Translate } from "#lib/locale/index.ts";

/** `#join`: where one takes part, or reads why one cannot; the sending of its form leads back here. */
export const JoinSection = ({ t, children }: { t: Translate; children: ReactNode }) => (
  <section
    id="join"
    tabIndex={-1}
    aria-labelledby="join-title"
    className="grid content-start gap-3 rounded-card border border-line bg-surface p-4 focus:outline-none print:hidden"
  >
    <h2 id="join-title" className="text-xl">
      {t("participation.joinTitle")}
    </h2>
    {children}
  </section>
);
