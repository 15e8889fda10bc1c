import type { Translate } from "#lib/locale/index.ts";

/** On a narrow screen, at the bottom: the way to the form. Gone while the form is used. */
export const JoinBar = ({ t }: { t: Translate }) => (
  <div className="join-bar sticky bottom-0 -mx-4 mt-8 border-t border-line bg-paper p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] lg:hidden print:hidden">
    <a
      href="#join"
      className="flex min-h-11 items-center justify-center rounded-control bg-accent px-4 font-semibold text-on-accent"
    >
      {t("event.toJoin")}
    </a>
  </div>
);
