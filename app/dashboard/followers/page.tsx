import type { Metadata } from "next";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { RadioField } from "#app/_ui/radio-field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { Frame, Part } from "#app/settings/frame.tsx";
import { listFollowers } from "#lib/actor/follow/queries.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { isId } from "#lib/ids.ts";
import { actorPath } from "#lib/urls.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const here = "/dashboard/followers";
const [answer, requests] = [`${here}/answer`, `${here}/requests`];
const pageSize = 50;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("federation.followers"), robots: { index: false } };
}

/** Who follows one's profiles, who asks to, and whether they must. Three queries. */
export default async function Followers({ searchParams }: Props) {
  const [{ viewer }, { after, said }, { t }] = await Promise.all([signedInAt(here), searchParams, getReader()]);
  const [asking, found, profiles] = await Promise.all([
    listFollowers(database(), viewer.actorIds, { state: "pending", limit: 200 }),
    listFollowers(database(), viewer.actorIds, {
      state: "accepted",
      after: isId(after) ? after : undefined,
      limit: pageSize + 1,
    }),
    listActorsOf(database(), viewer.accountId),
  ]);
  const followers = found.slice(0, pageSize);
  const nameOf = (id: string) => profiles.find((one) => one.id === id)?.name;
  const list = (rows: typeof asking, pending: boolean) => (
    <ul className="grid">
      {rows.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3">
          <span className="min-w-0">
            <a className={`wrap-anywhere ${linkLook}`} href={actorPath(one.handle, one.host)} dir="auto">
              {one.name || one.handle}
            </a>
            <span className="block text-sm text-muted">
              {[one.host, profiles.length > 1 && nameOf(one.followedId)].filter(Boolean).join(" → ")}
            </span>
          </span>
          <form method="post" action={answer} className="flex flex-wrap gap-2">
            <FormGuard path={answer} />
            <input type="hidden" name="follow" value={one.id} />
            {pending && (
              <Button name="answer" value="accept">
                {t("federation.followerAccept")}
              </Button>
            )}
            <Button look={pending ? "outlined" : "quiet"} name="answer" value="decline">
              {t(pending ? "federation.followerDecline" : "federation.followerRemove")}
            </Button>
          </form>
        </li>
      ))}
    </ul>
  );
  return (
    <Frame t={t} here={here} title={t("federation.followers")} said={said}>
      <p>{t("federation.followersText")}</p>
      {asking.length > 0 && <Part title={t("federation.followersAsking")}>{list(asking, true)}</Part>}
      <Part title={t("federation.followersAll")}>
        {followers.length === 0 ? (
          <p className="text-muted">{t("federation.followersNone")}</p>
        ) : (
          list(followers, false)
        )}
        {found.length > pageSize && (
          <p>
            <ButtonLink href={`${here}?after=${followers.at(-1)!.id}`}>{t("moderation.more")}</ButtonLink>
          </p>
        )}
      </Part>
      <Part title={t("federation.followersHow")}>
        {profiles.map((one) => (
          <form key={one.id} method="post" action={requests} className="grid gap-2">
            <FormGuard path={requests} />
            <input type="hidden" name="actor" value={one.id} />
            <RadioField
              name="requests"
              legend={t("federation.followersWhen", { name: one.name || one.handle })}
              value={one.approvesFollowers ? "queued" : "automatic"}
              choices={[
                { value: "automatic", label: t("federation.followersAutomatic") },
                { value: "queued", label: t("federation.followersQueued") },
              ]}
            />
            <p>
              <Button>{t("moderation.save")}</Button>
            </p>
          </form>
        ))}
      </Part>
    </Frame>
  );
}
