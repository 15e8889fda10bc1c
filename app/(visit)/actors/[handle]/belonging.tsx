import type { ReactNode } from "react";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { CheckField, SelectField, TextArea } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import type { SignedIn } from "#app/_web/viewer.ts";
import type { ActorRow } from "#lib/actor/queries.ts";
import type { GroupFacts } from "#lib/group/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { mayIn } from "#lib/policy/group.ts";
import { actorPath, groupDeskPath } from "#lib/urls.ts";

type Props = {
  t: Translate;
  group: ActorRow;
  belonging: GroupFacts["belonging"];
  who: SignedIn | null;
  profiles: { id: string; name: string; handle: string }[];
  form: unknown;
};

const doorOf = ({ handle, host }: ActorRow, name: string): string =>
  `/groups${actorPath(handle, host).replace("@", "")}/${name}`;

/** What somebody is to a group, of this server or another, and what they can do about it: join, ask, wait, leave. */
export async function Belonging({ t, group, belonging, who, profiles, form }: Props) {
  const path = actorPath(group.handle, group.host);
  const state = belonging?.state ?? null;
  const labels = { as: t("group.joinAs"), message: t("group.askMessage"), shown: t("group.show") };
  const { errors, error, value } = await formState(t, form, path, labels);
  const action = doorOf(group, "membership");
  const leaving = doorOf(group, "leaving");
  const box =
    "grid max-w-[40rem] justify-items-start gap-3 rounded-card border border-line bg-surface p-4 print:hidden";
  const there = group.host && <p className="text-sm text-muted">{t("group.thereText", { host: group.host })}</p>;
  if (state === "member") return <Member {...{ t, group, belonging: belonging!, errors, there }} />;
  if (state === "requested")
    return (
      <section id="join" className={box}>
        <ErrorSummary t={t} errors={errors} />
        <p>{t("group.youAsked")}</p>
        {there}
        <form method="post" action={leaving}>
          <FormGuard path={leaving} />
          <Button>{t("group.withdrawRequest")}</Button>
        </form>
      </section>
    );
  if (state === "invited")
    return (
      <section id="join" className={box}>
        <p className="font-semibold">{t("group.youInvited")}</p>
        <p>
          <ButtonLink look="filled" href="/dashboard/groups">
            {t("group.seeInvitation")}
          </ButtonLink>
        </p>
      </section>
    );
  if (group.openness === "invite_only")
    return (
      <section id="join" className={box}>
        <p className="flex items-center gap-2 font-semibold">
          <Icon name="mail" className="text-tone" />
          {t("group.byInvitation")}
        </p>
        <p className="text-muted">{t("group.byInvitationText")}</p>
      </section>
    );
  if (!who)
    return (
      <section id="join" className={box}>
        <div className="flex flex-wrap gap-2">
          <ButtonLink look="filled" href={`/sign-in?next=${encodeURIComponent(path)}`}>
            {t("group.joinSignIn")}
          </ButtonLink>
          <ButtonLink href={`/own-server?with=${encodeURIComponent(`${path}#join`)}`} rel="nofollow">
            <Icon name="globe" size={16} />
            {t("group.joinOwn")}
          </ButtonLink>
        </div>
        {group.openness !== "open" && <p className="text-sm text-muted">{t("group.askText")}</p>}
        {there}
      </section>
    );
  const asks = group.openness !== "open" || state === "removed";
  return (
    <section id="join" className={box} aria-label={t(asks ? "group.ask" : "group.join")}>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid w-full gap-3">
        <FormGuard path={action} />
        {profiles.length > 1 && (
          <SelectField name="as" label={labels.as} defaultValue={value("as", profiles[0]!.id)} error={error("as")}>
            {profiles.map(({ id, name, handle }) => (
              <option key={id} value={id}>
                {t("desk.organizerOption", { name: name || handle, handle })}
              </option>
            ))}
          </SelectField>
        )}
        {asks && (
          <TextArea
            name="message"
            rows={3}
            maxLength={1000}
            dir="auto"
            label={labels.message}
            mark={t("site.optional")}
            hint={t("group.askText")}
            defaultValue={value("message")}
            error={error("message")}
          />
        )}
        {group.membersShown && (
          <CheckField
            name="shown"
            label={labels.shown}
            hint={t("group.showHint")}
            defaultChecked={value("shown") === "yes"}
            error={error("shown")}
          />
        )}
        {there}
        <p>
          <Button look="filled">{t(asks ? "group.ask" : "group.join")}</Button>
        </p>
      </form>
    </section>
  );
}

type MemberProps = Pick<Props, "t" | "group"> & {
  belonging: NonNullable<Props["belonging"]>;
  errors: Awaited<ReturnType<typeof formState>>["errors"];
  there: ReactNode;
};

/** A member finds the way to the group's desk, if they have one, and out. */
function Member({ t, group, belonging, errors, there }: MemberProps) {
  const { role, shown } = belonging;
  const desk = group.host === null && mayIn({ role, membersOrganise: group.membersOrganise }, "organise");
  const [leaving, showing] = [doorOf(group, "leaving"), doorOf(group, "showing")];
  return (
    <section id="join" className="grid max-w-[40rem] gap-3 rounded-card border border-line bg-surface p-4 print:hidden">
      <ErrorSummary t={t} errors={errors} />
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="flex items-center gap-2 font-semibold">
          <Icon name="check" className="text-ok" />
          {t("group.youAre", { role: t(`group.role_${role}`) })}
        </span>
        {desk && <ButtonLink href={groupDeskPath(group.id)}>{t("group.desk")}</ButtonLink>}
      </p>
      {there}
      <details>
        <summary className="inline-flex min-h-11 cursor-pointer items-center gap-1 text-accent">
          {t("group.membership")}
        </summary>
        <div className="grid gap-4 pt-2">
          {group.membersShown && (
            <form method="post" action={showing} className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <FormGuard path={showing} />
              <span>{t(shown ? "group.shownNow" : "group.hiddenNow")}</span>
              <Button name="shown" value={shown ? "no" : "yes"}>
                {t(shown ? "group.showOff" : "group.showOn")}
              </Button>
            </form>
          )}
          <form method="post" action={leaving} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <FormGuard path={leaving} />
            <span>{t("group.leaveText")}</span>
            <Button look="danger">{t("group.leave")}</Button>
          </form>
        </div>
      </details>
    </section>
  );
}
