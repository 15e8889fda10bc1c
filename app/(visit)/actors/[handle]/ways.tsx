import { Button, ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { Icon, type IconName } from "#app/_ui/icon.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { FollowForm } from "#app/dashboard/following/follow-form.tsx";
import type { ActorRow } from "#lib/actor/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { takesNew } from "#lib/policy/group.ts";
import { actorPath, ownHost } from "#lib/urls.ts";

type Props = {
  t: Translate;
  actor: ActorRow;
  /** Whether it is a group that one joins: following it is second then, and joining it has ways of its own. */
  joinable: boolean;
};

const lookUp = "/dashboard/following/address";

/** Leads somebody who is signed in to the page, on this server, of who has moved elsewhere. */
export const SeenFromHere = ({ t, address }: { t: Translate; address: string }) => (
  <form method="post" action={lookUp} className="mt-2">
    <FormGuard path={lookUp} />
    <input type="hidden" name="address" value={address} />
    <Button>{t("moving.fromHere")}</Button>
  </form>
);

type Way = { href: string; icon: IconName; name: string };

/** How one follows somebody: as who one is here, and, folded up, from elsewhere, in a calendar or by a feed. */
export function Ways({ t, actor, joinable }: Props) {
  const path = actorPath(actor.handle, actor.host);
  const stays = actor.type !== "Group" || takesNew(actor);
  const joins = joinable && actor.openness !== "invite_only" && stays;
  const ways: Way[] = [
    ...(stays ? [{ href: `/own-server?with=${path}`, icon: "globe", name: t("federation.ownFollow") } as const] : []),
    ...(joins
      ? [
          {
            href: `/own-server?with=${encodeURIComponent(`${path}#join`)}`,
            icon: "globe",
            name: t("group.joinOwn"),
          } as const,
        ]
      : []),
    { href: `webcal://${ownHost()}${path}/events.ics`, icon: "calendar", name: t("event.subscribeCalendar") },
    { href: `${path}/events.atom`, icon: "feed", name: t("event.subscribeAtom") },
  ];
  return (
    <>
      {stays && <FollowForm actorId={actor.id} path={path} quiet={joinable} />}
      {actor.host && actor.url && (
        <ButtonLink href={actor.url} rel="nofollow noopener noreferrer">
          {t("federation.seeProfileThere", { host: actor.host })}
          <Icon name="external" size={16} />
        </ButtonLink>
      )}
      <details className="open:basis-full">
        <summary className="inline-flex min-h-11 items-center font-semibold text-accent">
          {t("federation.otherWays")}
        </summary>
        <ul className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-4">
          {ways.map(({ href, icon, name }) => (
            <li key={name}>
              <a href={href} rel="nofollow" className={`gap-2 ${wayLook}`}>
                <Icon name={icon} size={16} />
                {name}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
