import { Icon, type IconName } from "#app/_ui/icon.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { ResourceType } from "#lib/resource/input.ts";

const icons: Record<ResourceType, IconName> = { folder: "folder", link: "link", pad: "page", call: "camera" };

/** What is what, drawn on a square of the group's colour; its word stands beside it. */
export const KindMark = ({ type }: { type: ResourceType }) => (
  <span
    aria-hidden="true"
    className={`grid size-11 shrink-0 place-items-center rounded-control ${type === "folder" ? "bg-tone text-on-tone" : "bg-tone-tint text-tone"}`}
  >
    <Icon name={icons[type]} />
  </span>
);

/** Where a link leads, as people read it. */
export const hostOf = (url: string): string => new URL(url).host.replace(/^www\./, "");

/** "Folder", or "Link on example.org". */
export const kindWords = (t: Translate, { type, url }: { type: ResourceType; url: string | null }): string =>
  url ? t("resource.on", { type: t(`resource.${type}`), host: hostOf(url) }) : t(`resource.${type}`);
