import { Icon } from "#app/_ui/icon.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** For whom a post is, where that is not everybody. */
export const Audience = ({ t, visibility }: { t: Translate; visibility: string }) =>
  visibility === "public" ? null : (
    <span className="inline-flex items-center gap-1 self-center rounded-full bg-tone-tint px-2 font-semibold text-ink">
      <Icon name={visibility === "members" ? "people" : "link"} size={16} />
      {t(visibility === "members" ? "post.forMembers" : "post.unlisted")}
    </span>
  );
