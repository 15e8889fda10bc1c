import { ButtonLink } from "#app/_ui/button.tsx";
import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import { Column } from "./column.tsx";

/** The one page (404) for mailed links that are unknown, expired, used or cut off, with the ways to a fresh one. */
export async function DeadLink() {
  const { t } = await getReader();
  answerWith(404);
  return (
    <Column title={t("account.deadTitle")}>
      <p>{t("account.deadText")}</p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="/sign-in" look="filled">
          {t("account.signIn")}
        </ButtonLink>
        <ButtonLink href="/sign-up">{t("account.signUp")}</ButtonLink>
        <ButtonLink href="/reset-password">{t("account.resetTitle")}</ButtonLink>
      </p>
    </Column>
  );
}
