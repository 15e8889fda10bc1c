import { gone } from "#app/_web/gone.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** Somebody who is here no more: the handle is given to nobody else. */
export const actorGone = (t: Translate, { id }: { id: string }) =>
  gone({ seed: id, title: t("event.actorGone"), href: "/", way: t("event.moreEvents") });
