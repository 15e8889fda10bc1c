import type { Metadata } from "next";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { absent } from "#app/_web/absent.tsx";
import { rememberedAddress } from "#app/_web/own-server.ts";
import { getReader } from "#app/_web/reader.ts";
import { calendarEntry } from "#lib/event/entry.ts";
import { mastodonShare } from "#lib/formats/share-links.ts";
import { eventHandle, eventPath, ownHost } from "#lib/urls.ts";
import { describe } from "../head.ts";
import { eventOfPage } from "../told.ts";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("event.shareTitle"), robots: { index: false } };
}

/** Asks for somebody's own server and answers with a plain link there; nothing is sent anywhere by us. */
export default async function SharePage({ params, searchParams }: Props) {
  const [{ id }, { server }, { t, locale }] = await Promise.all([params, searchParams, getReader()]);
  const full = await eventOfPage(id);
  if (!full || full.event.state === "deleted") return absent();
  const shared = describe(
    locale,
    calendarEntry({ ...full.event, place: full.place, organizer: full.organizer }),
    full.event,
  );
  const typed = typeof server === "string" ? server.slice(0, 300) : "";
  const remembered = (await rememberedAddress()).split("@").at(-1);
  const link = typed ? mastodonShare(typed, shared) : null;
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <div>
        <h1>{t("event.shareTitle")}</h1>
        <p className="mt-2">
          <a className={linkLook} href={eventPath(id)} dir="auto">
            {full.event.name}
          </a>
        </p>
      </div>
      {link && (
        <p>
          <ButtonLink look="filled" href={link.href} rel="noopener noreferrer">
            {t("event.shareContinue", { host: link.host })}
          </ButtonLink>
        </p>
      )}
      <form method="get" className="grid gap-4">
        <TextField
          name="server"
          label={t("event.shareServer")}
          hint={t("event.shareServerHint")}
          error={typed && !link ? t("event.shareServerBad") : null}
          defaultValue={typed || remembered}
          autoCapitalize="none"
          autoComplete="url"
          spellCheck={false}
        />
        <p>
          <Button look={link ? "outlined" : "filled"}>{t("event.shareLook")}</Button>
        </p>
      </form>
      <label className="grid gap-1">
        {t("event.shareNotEverywhere")}
        <input readOnly value={shared.url} className="min-h-11 rounded-control border border-control bg-sunken px-3" />
      </label>
      {full.event.uri === null && full.event.state === "published" && (
        <label className="grid gap-1">
          {t("federation.eventHandle")}
          <input
            readOnly
            value={`@${eventHandle(id)}@${ownHost()}`}
            aria-describedby="handle-hint"
            className="min-h-11 rounded-control border border-control bg-sunken px-3"
          />
          <span id="handle-hint" className="text-sm text-muted">
            {t("federation.eventHandleHint")}
          </span>
        </label>
      )}
    </div>
  );
}
