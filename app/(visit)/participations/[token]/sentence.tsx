import type { Locale, Translate } from "#lib/locale/index.ts";
import type { ParticipationByToken } from "#lib/participation/queries.ts";
import { untilWords } from "./confirm-form.tsx";
import { isElsewhere, type Standing } from "./standing.ts";

/** `place`: in the queue, from 1. */
type Told = { t: Translate; locale: Locale; standing: Standing; found: ParticipationByToken; place: number };

/** What the state means, in a sentence; what the organiser wrote where the event is called off. */
export function Sentence({ t, locale, standing, found, place }: Told) {
  if (standing === "toConfirm") return null;
  const { guests, timezone, expiresAt } = found.participation;
  if (standing === "offered")
    return <p>{t("participation.offeredText", { guests, date: untilWords(locale, timezone, expiresAt!) })}</p>;
  const told = isElsewhere(found);
  if (told && standing === "pending") return <p>{t("participation.elsewherePendingText")}</p>;
  if (told && standing === "waitlisted") return <p>{t("participation.elsewhereWaitlistedText", { place })}</p>;
  if (standing === "waitlisted" && found.event.showCount) return <p>{t("participation.waitlistedPlace", { place })}</p>;
  if (standing === "accepted") return <p>{t("participation.acceptedText", { guests })}</p>;
  if (standing !== "cancelled") return <p>{t(`participation.${standing}Text`)}</p>;
  const message = found.event.cancellationMessage;
  return message ? (
    <blockquote className="border-s-4 border-line ps-4 whitespace-pre-line" dir="auto">
      {message}
    </blockquote>
  ) : null;
}
