import type { ReactNode } from "react";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { rememberedAddress } from "#app/_web/own-server.ts";
import { mastodonShare, type Shared } from "#lib/formats/share-links.ts";
import type { Translate } from "#lib/locale/index.ts";

type Props = {
  t: Translate;
  /** The page of what is shared. */
  path: string;
  shared: Shared;
  /** What was typed as one's own server. */
  server: unknown;
  children?: ReactNode;
};

/** Asks for somebody's own server and answers with a plain link there; nothing is sent anywhere by us. */
export async function SharePart({ t, path, shared, server, children }: Props) {
  const typed = typeof server === "string" ? server.slice(0, 300) : "";
  const remembered = (await rememberedAddress()).split("@").at(-1);
  const link = typed ? mastodonShare(typed, shared) : null;
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <div>
        <h1>{t("event.shareTitle")}</h1>
        <p className="mt-2">
          <a className={linkLook} href={path} dir="auto">
            {shared.name}
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
      {children}
    </div>
  );
}
