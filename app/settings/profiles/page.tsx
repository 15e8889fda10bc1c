import type { Metadata } from "next";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { actorPath } from "#lib/urls.ts";
import { Frame } from "../frame.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.profiles"), robots: { index: false } };
}

/** Who one is in public: each profile with its page, and which one acts when none is chosen. */
export default async function Profiles({ searchParams }: Props) {
  const { done } = await searchParams;
  const { viewer } = await signedInAt("/settings/profiles");
  const { t } = await getReader();
  const profiles = await listActorsOf(database(), viewer.accountId);
  const [chosen] = viewer.actorIds;
  return (
    <Frame t={t} here="/settings/profiles" title={t("account.profiles")} said={done}>
      <p>{t("account.profilesText")}</p>
      <ul className="grid gap-4">
        {profiles.map(({ id, handle, name, summary }) => {
          const action = `/settings/profiles/${id}/choice`;
          return (
            <li key={id} className="grid gap-2 rounded-card border border-line bg-surface p-4">
              <h2 className="text-lg" dir="auto">
                {name || handle}
              </h2>
              <p className="text-muted">
                <a href={actorPath(handle)} className={linkLook}>
                  @{handle}
                </a>
                {id === chosen && <> · {t("account.profileChosen")}</>}
              </p>
              {summary && (
                <p className="line-clamp-3 whitespace-pre-line" dir="auto">
                  {summary}
                </p>
              )}
              <div className="flex flex-wrap gap-3">
                <ButtonLink href={`/settings/profiles/${id}`}>{t("account.profileEdit")}</ButtonLink>
                {id !== chosen && (
                  <form method="post" action={action}>
                    <FormGuard path={action} />
                    <Button look="quiet">{t("account.profileChoose")}</Button>
                  </form>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {profiles.length < 10 && (
        <p>
          <ButtonLink href="/settings/profiles/new">{t("account.profileNew")}</ButtonLink>
        </p>
      )}
    </Frame>
  );
}
