import type { Metadata } from "next";
import { Button, linkLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { Frame, Part } from "#app/settings/frame.tsx";
import { listFollowed } from "#lib/actor/follow/queries.ts";
import { actorPath } from "#lib/urls.ts";
import { FollowButton } from "./follow-form.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const here = "/dashboard/following";
const action = `${here}/address`;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("federation.following"), robots: { index: false } };
}

/** Whom one follows, here and elsewhere, and the way to others. */
export default async function Following({ searchParams }: Props) {
  const { form } = await searchParams;
  const { viewer } = await signedInAt(here, form);
  const { t } = await getReader();
  const all = await listFollowed(database(), viewer.actorIds);
  const labels = { address: t("federation.addressLabel") };
  const { errors, error, value } = await formState(t, form, here, labels);
  return (
    <Frame t={t} here={here} title={t("federation.following")}>
      <p>{t("federation.followingText")}</p>
      <Part title={t("federation.addressTitle")}>
        <ErrorSummary t={t} errors={errors} />
        <form method="post" action={action} className="grid max-w-[32rem] gap-4">
          <FormGuard path={action} />
          <TextField
            name="address"
            label={labels.address}
            hint={t("federation.addressHint")}
            error={error("address")}
            defaultValue={value("address")}
            maxLength={2048}
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <p>
            <Button>{t("federation.addressButton")}</Button>
          </p>
        </form>
      </Part>
      {all.length === 0 ? (
        <EmptyState seed={viewer.accountId} title={t("federation.followingNone")} />
      ) : (
        <ul className="grid">
          {all.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3">
              <span className="min-w-0">
                <a className={linkLook} href={actorPath(one.handle, one.host)} dir="auto">
                  {one.name || one.handle}
                </a>
                {one.host && <span className="block text-sm text-muted">{one.host}</span>}
              </span>
              <FollowButton t={t} actorId={one.id} state={one.state} back={here} />
            </li>
          ))}
        </ul>
      )}
    </Frame>
  );
}
