import type { Metadata } from "next";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listFollowers } from "#lib/actor/follow/queries.ts";
import { drawnFrom } from "#lib/actor/queries.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { isId } from "#lib/ids.ts";
import { actorPath, groupDeskPath } from "#lib/urls.ts";
import { GroupFrame } from "../../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 50;
const mostPending = 50;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.tabFollowers"), robots: { index: false } };
}

/** Who follows a group, here and elsewhere, and who would like to. Three queries. */
export default async function GroupFollowers({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const page = `${groupDeskPath(encodeURIComponent(id))}/followers`;
  const { viewer } = await signedInAt(page);
  const { t } = await getReader();
  const db = database();
  const group = await getDeskGroup(db, viewer, id, "decide");
  if (!group) return absent();
  const after = isId(search.after) ? search.after : undefined;
  const [pending, found] = await Promise.all([
    listFollowers(db, [id], { state: "pending", limit: mostPending }),
    listFollowers(db, [id], { state: "accepted", after, limit: pageSize + 1 }),
  ]);
  const followers = found.slice(0, pageSize);
  const action = `${page}/answer`;
  const list = (rows: typeof found, asks: boolean) => (
    <ul className="grid">
      {rows.map(({ id: follow, name, handle, host }) => (
        <li key={follow} className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-2">
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <a href={actorPath(handle, host)} className={linkLook} dir="auto">
              {name || handle}
            </a>
            {host && <span className="block text-sm text-muted">{host}</span>}
          </span>
          <form method="post" action={action} className="flex flex-wrap gap-2">
            <FormGuard path={action} />
            <input type="hidden" name="person" value={follow} />
            {asks && (
              <Button name="answer" value="yes" aria-label={t("group.acceptOf", { name: name || handle })}>
                {t("group.accept")}
              </Button>
            )}
            <Button
              name="answer"
              value="no"
              look="danger"
              aria-label={t(asks ? "group.declineOf" : "group.followerRemoveOf", { name: name || handle })}
            >
              {t(asks ? "group.decline" : "federation.followerRemove")}
            </Button>
          </form>
        </li>
      ))}
    </ul>
  );
  return (
    <GroupFrame t={t} group={group} here="followers" title={t("group.tabFollowers")} said={search.done}>
      <div className="grid max-w-[40rem] gap-6">
        {pending.length > 0 && (
          <section className="grid gap-2">
            <h2 className="text-lg text-warn">{t("group.followersPending")}</h2>
            {list(pending, true)}
          </section>
        )}
        {followers.length > 0 ? (
          <section className="grid gap-2">
            <h2 className="text-lg">{t("group.followersAll")}</h2>
            {list(followers, false)}
          </section>
        ) : (
          pending.length === 0 && (
            <EmptyState seed={drawnFrom(group)} title={t("group.followersNone")}>
              <p>{t("group.followersNoneText")}</p>
            </EmptyState>
          )
        )}
        {found.length > pageSize && (
          <p>
            <ButtonLink href={`${page}?after=${followers.at(-1)!.id}`}>{t("group.more")}</ButtonLink>
          </p>
        )}
      </div>
    </GroupFrame>
  );
}
