import type { ReactNode } from "react";
import type { Translate } from "#lib/locale/index.ts";
import { webUrl } from "#lib/urls.ts";
import { linkLook } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Where a moved group is now, as a link that is read as an address. */
export const MovedTo = ({ url }: { url: string }) => (
  <a
    href={url}
    rel="nofollow noopener noreferrer"
    className={`font-semibold [overflow-wrap:anywhere] ${linkLook}`}
    dir="ltr"
  >
    {url.replace(/^https?:\/\//, "")}
  </a>
);

type Props = { t: Translate; group: { name: string; handle: string; movedTo: string | null }; children?: ReactNode };

/** Says that somebody has moved, with the way there; nothing for who has not, or to no address of the web. */
export function MovedNotice({ t, group, children }: Props) {
  const url = webUrl(group.movedTo);
  if (!url) return null;
  return (
    <Notice
      kind="info"
      icon="forward"
      title={<bdi>{t("moving.noticeTitle", { name: group.name || group.handle })}</bdi>}
    >
      <p>
        {t("moving.noticeText")} <MovedTo url={url} />
      </p>
      {children}
    </Notice>
  );
}
