import { wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** The way to tell the host that something is wrong with what our `path` shows. `label`: said aloud where there are many. */
export const ReportLink = ({ t, path, label }: { t: Translate; path: string; label?: string }) => (
  <a
    href={`/report?with=${path}`}
    rel="nofollow"
    aria-label={label}
    className={`gap-1.5 justify-self-start px-1 text-sm ${wayLook}`}
  >
    <Icon name="flag" size={16} />
    {t("moderation.report")}
  </a>
);
