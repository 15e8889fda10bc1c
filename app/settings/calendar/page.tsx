import type { Metadata } from "next";
import { Button, wayLook } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getAccount } from "#lib/account/queries.ts";
import { absolute, calendarPath } from "#lib/urls.ts";
import { Frame } from "../frame.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.calendar"), robots: { index: false } };
}

/** The private feed of what one attends and organises: its address, a new one, none. */
export default async function PrivateCalendar({ searchParams }: Props) {
  const { done } = await searchParams;
  const { viewer } = await signedInAt("/settings/calendar");
  const { t } = await getReader();
  const { calendarToken } = (await getAccount(database(), viewer.accountId))!;
  const url = calendarToken ? absolute(calendarPath(calendarToken)) : null;
  const action = "/settings/calendar/feed";
  return (
    <Frame t={t} here="/settings/calendar" title={t("account.calendar")} said={done}>
      <p>{t("account.calendarText")}</p>
      {url && (
        <>
          <TextField
            name="address"
            readOnly
            value={url}
            label={t("account.calendarAddress")}
            hint={t("account.calendarSecret")}
          />
          <p>
            <a href={url.replace(/^https?:/, "webcal:")} className={wayLook}>
              {t("account.calendarSubscribe")}
            </a>
          </p>
        </>
      )}
      <form method="post" action={action} className="flex flex-wrap gap-3">
        <FormGuard path={action} />
        <Button look={url ? "outlined" : "filled"} name="open" value="yes">
          {t(url ? "account.calendarReset" : "account.calendarOpen")}
        </Button>
        {url && (
          <Button look="danger" name="open" value="no">
            {t("account.calendarClose")}
          </Button>
        )}
      </form>
    </Frame>
  );
}
