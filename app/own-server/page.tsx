import type { Metadata } from "next";
import { ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { absent } from "#app/_web/absent.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { rememberedAddress } from "#app/_web/own-server.ts";
import { getReader } from "#app/_web/reader.ts";
import { Address } from "#app/(visit)/events/[id]/take-along.tsx";
import { OwnServerForm, ownServerAction } from "./form.tsx";
import { thingAt } from "./thing.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("federation.ownJoin"), robots: { index: false } };
}

/** Take part, or follow, from one's own server: its page for that as a plain link, once it was found. Two queries. */
export default async function OwnServer({ searchParams }: Props) {
  const [{ t }, search, remembered] = await Promise.all([getReader(), searchParams, rememberedAddress()]);
  const form = await formState(t, search.form, "/own-server", { address: t("federation.ownAddress") });
  const thing = await thingAt(form.kept ? form.value("with") : search.with);
  if (!thing) return absent();
  const joins = thing.intent === "Join" && !thing.eventId ? "group.joinOwn" : "federation.ownJoin";
  const door = form.kept?.outcome === "door" ? { host: form.value("host"), href: form.value("href") } : null;
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <div>
        <h1>{t(thing.intent === "Follow" ? "federation.ownFollow" : joins)}</h1>
        <p className="mt-2">
          <a className={linkLook} href={thing.path} dir="auto">
            {thing.name}
          </a>
        </p>
      </div>
      <ErrorSummary t={t} errors={form.errors} />
      {door ? (
        <Notice kind="ok" id="door" role="status" title={t("federation.ownFound")}>
          <p className="mt-3">
            <ButtonLink look="filled" href={door.href} rel="nofollow noopener noreferrer">
              {t("federation.ownContinue", { host: door.host })}
            </ButtonLink>
          </p>
        </Notice>
      ) : (
        <p className="text-muted">{t("federation.ownText")}</p>
      )}
      <OwnServerForm
        t={t}
        path={thing.path}
        typed={form.kept ? form.value("address") : remembered}
        remembered={remembered !== ""}
        error={form.error("address")}
        main={!door}
        guard={<FormGuard path={ownServerAction} />}
      />
      <Address label={t("federation.ownCopy")} value={thing.uri} />
    </div>
  );
}
