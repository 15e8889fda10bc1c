import { ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { OwnPlace as Place } from "#lib/participation/profile/queries.ts";
import { participationPath } from "#lib/urls.ts";

const words = {
  accepted: "participation.accepted",
  pending: "participation.pending",
  waitlisted: "participation.waitlisted",
  tentative: "participation.tentative",
  rejected: "participation.rejected",
} as const;

/** Whoever is signed in and has a place, or has asked for one: how it stands, and the way to change it. */
export function OwnPlace({ t, place: { state, name, guests, token } }: { t: Translate; place: Place }) {
  const told = state === "accepted" && guests > 0;
  return (
    <>
      <Notice
        kind={state === "accepted" ? "ok" : "info"}
        role="status"
        title={t(words[state as keyof typeof words] ?? "participation.pending")}
      >
        <p>
          {name && t("participation.asYourself", { name })}
          {told && ` ${t("participation.acceptedText", { guests })}`}
        </p>
      </Notice>
      {token && (
        <p>
          <ButtonLink href={participationPath(token)}>{t("participation.ownPlace")}</ButtonLink>
        </p>
      )}
    </>
  );
}
