import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { getFollow } from "#lib/actor/follow/queries.ts";
import { signInAt } from "#lib/urls.ts";

const action = "/dashboard/following/change";

/** Follow somebody, or no more (`quiet` where that is not what the page is for), with the profile that acts; visitors are led to the sign-in. One query when signed in. */
export async function FollowForm({ actorId, path, quiet }: { actorId: string; path: string; quiet?: boolean }) {
  const [{ t }, who] = await Promise.all([getReader(), getSignedIn()]);
  if (!who) return <ButtonLink href={signInAt(path)}>{t("federation.followSignIn")}</ButtonLink>;
  if (who.viewer.actorIds.length === 0 || who.viewer.actorIds.includes(actorId)) return null;
  const known = await getFollow(database(), who.viewer.actorIds, actorId);
  return <FollowButton t={t} actorId={actorId} state={known?.state ?? null} back={path} quiet={quiet} />;
}

type Translate = Awaited<ReturnType<typeof getReader>>["t"];
type Shown = { t: Translate; actorId: string; state: string | null; back: string; quiet?: boolean };

export function FollowButton({ t, actorId, state, back, quiet = false }: Shown) {
  return (
    <form method="post" action={action} className="flex flex-wrap items-center gap-3">
      <FormGuard path={action} />
      <input type="hidden" name="actor" value={actorId} />
      <input type="hidden" name="back" value={back} />
      <Button look={state || quiet ? "outlined" : "filled"} name="wanted" value={state ? "no" : "yes"}>
        {t(state ? "federation.unfollow" : "federation.follow")}
      </Button>
      {state === "pending" && <span className="text-muted">{t("federation.followPending")}</span>}
      {state === "rejected" && <span className="text-muted">{t("federation.followRejected")}</span>}
    </form>
  );
}
