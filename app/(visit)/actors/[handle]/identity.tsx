import { Avatar } from "#app/_ui/avatar.tsx";
import { Cover } from "#app/_ui/cover.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { type ActorRow, drawnFrom } from "#lib/actor/queries.ts";
import { renderContent } from "#lib/html.ts";
import type { Translate } from "#lib/locale/index.ts";
import { mediaPath, ownHost } from "#lib/urls.ts";
import { written } from "./told.ts";

/** The wide picture above somebody's page, or the cover that is drawn from who they are. */
export const Banner = ({ actor }: { actor: ActorRow }) =>
  actor.imageId ? (
    <img
      src={mediaPath(actor.imageId)}
      alt=""
      className="h-32 w-full rounded-card border border-line object-cover sm:h-48 print:hidden"
    />
  ) : (
    <Cover
      seed={drawnFrom(actor)}
      rows={1}
      columns={9}
      className="h-20 rounded-card border border-line sm:h-28 print:hidden"
    />
  );

/** Who somebody is: picture, name, address, town, and what they say of themselves. */
export const Identity = ({ t, actor }: { t: Translate; actor: ActorRow }) => (
  <>
    <div className="flex items-center gap-4">
      {actor.iconId && <Avatar src={mediaPath(actor.iconId)} size="head" />}
      <h1 dir="auto" className="min-w-0">
        {actor.name || actor.handle}
      </h1>
    </div>
    <p className="flex flex-wrap items-center gap-x-4 text-muted">
      <span>
        @{actor.handle}@{actor.host ?? ownHost()}
      </span>
      <span>{t(actor.type === "Group" ? "event.group" : "event.person")}</span>
      {actor.locality && (
        <span className="inline-flex items-center gap-1">
          <Icon name="pin" size={16} />
          {actor.locality}
        </span>
      )}
    </p>
    {actor.summary && (
      <div
        className="prose"
        dir="auto"
        dangerouslySetInnerHTML={{ __html: renderContent(actor.summary, written(actor)) }}
      />
    )}
  </>
);
