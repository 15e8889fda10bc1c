import { ButtonLink } from "#app/_ui/button.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** Somebody who is here no more: the handle is given to nobody else. */
export const ActorGone = ({ t }: { t: Translate }) => (
  <div className="grid max-w-[40rem] gap-5 py-16">
    <h1>{t("event.actorGone")}</h1>
    <p>
      <ButtonLink href="/">{t("event.moreEvents")}</ButtonLink>
    </p>
  </div>
);
