import type { Metadata } from "next";
import { Button, linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { isId } from "#lib/ids.ts";
import { actorPath } from "#lib/urls.ts";
import { Frame } from "../../frame.tsx";
import { ProfileFields, profileLabels } from "../profile-fields.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.profileEdit"), robots: { index: false } };
}

/** Change what one of one's own profiles says. Another's is not there. */
export default async function EditProfile({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  if (!isId(id)) return absent();
  const page = `/settings/profiles/${id}`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const profile = (await listActorsOf(database(), viewer.accountId)).find((one) => one.id === id);
  if (!profile) return absent();
  const state = await formState(t, form, page, profileLabels(t));
  const action = `${page}/profile`;
  return (
    <Frame t={t} here="/settings/profiles" title={t("account.profileEdit")}>
      <p>
        {t("account.profilePublic")}{" "}
        <a href={actorPath(profile.handle)} className={linkLook}>
          @{profile.handle}
        </a>
      </p>
      <ErrorSummary t={t} errors={state.errors} />
      <form method="post" action={action} encType="multipart/form-data" className="grid gap-5">
        <FormGuard path={action} />
        <ProfileFields t={t} state={state} known={profile} />
        <div>
          <Button look="filled">{t("account.save")}</Button>
        </div>
      </form>
    </Frame>
  );
}
