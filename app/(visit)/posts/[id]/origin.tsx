import { ButtonLink } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** Where the post of a group of another server comes from, and the way there. */
export const Origin = ({ t, uri, host }: { t: Translate; uri: string; host: string }) => (
  <>
    <p className="text-muted">{t("post.elsewhere", { host })}</p>
    <ButtonLink href={uri} rel="nofollow noopener noreferrer">
      {t("federation.seeThere", { host })}
      <Icon name="external" size={16} />
    </ButtonLink>
  </>
);
