import type { ReactNode } from "react";
import { Button, ButtonLink, buttonLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { CheckField, SelectField, TextArea } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import type { SignedIn } from "#app/_web/viewer.ts";
import type { ActorRow } from "#lib/actor/queries.ts";
import type { GroupFacts } from "#lib/group/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { mayIn, takesNew } from "#lib/policy/group.ts";
import { actorPath, groupDeskPath, resourcesPath, signInAt } from "#lib/urls.ts";

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
  const there = group.host && <p className="text-sm text-muted">{t("group.thereText", { host: group.host })}</p>;
  if (state === "member") return <Member {...{ t, group, belonging: belonging!, errors, there }} />;
  if (state === "requested")
    return (
      <Card className="justify-items-start">
        <ErrorSummary t={t} errors={errors} />
        <p>{t("group.youAsked")}</p>
        {there}
        <form method="post" action={leaving}>
          <FormGuard path={leaving} />
          <Button>{t("group.withdrawRequest")}</Button>
        </form>
      </Card>
    );
  if (state === "invited")
    return (
      <Card className="justify-items-start">
        <p className="font-semibold">{t("group.youInvited")}</p>
        <p>
          <ButtonLink look="filled" href="/dashboard/groups">
            {t("group.seeInvitation")}
          </ButtonLink>
        </p>
      </Card>
    );
  if (!takesNew(group)) return null;
  if (group.openness === "invite_only")
    return (
      <Card className="justify-items-start">
        <p className="flex items-center gap-2 font-semibold">
          <Icon name="mail" className="text-tone" />
          {t("group.byInvitation")}
        </p>
        <p className="text-muted">{t("group.byInvitationText")}</p>
      </Card>
    );
  if (!who)
    return (
      <ButtonLink id="join" look="filled" href={signInAt(path)}>
        {t("group.joinSignIn")}
      </ButtonLink>
    );
  const asks = group.openness !== "open" || state === "removed";
  const word = t(asks ? "group.ask" : "group.join");
  if (!asks && !group.membersShown && profiles.length < 2 && errors.length === 0)
    return (
      <form id="join" method="post" action={action}>
        <FormGuard path={action} />
        <Button look="filled">{word}</Button>
      </form>
    );
  return (
    <details id="join" className="group open:basis-full" open={errors.length > 0}>
      <summary
        className={`${buttonLook("filled")} group-open:border-control group-open:bg-surface group-open:text-ink group-open:hover:border-ink group-open:hover:bg-surface`}
      >
        {word}
      </summary>
      <form method="post" action={action} className={`${wide} mt-2`}>
        <ErrorSummary t={t} errors={errors} />
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
          <Button look="filled">{word}</Button>
        </p>
      </form>
    </details>
  );
}

const wide = "grid w-full max-w-[40rem] gap-3 rounded-card border border-line bg-surface p-4";

/** What somebody is to the group, on a line of its own among the buttons. */
const Card = ({ className = "", children }: { className?: string; children: ReactNode }) => (
  <section id="join" className="basis-full">
    <div className={`${wide} ${className}`}>{children}</div>
  </section>
);

type MemberProps = Pick<Props, "t" | "group"> & {
  belonging: NonNullable<Props["belonging"]>;
  errors: Awaited<ReturnType<typeof formState>>["errors"];
  there: ReactNode;
};

/** A member finds the ways to what is theirs, to the group's desk, if they may, and out. */
function Member({ t, group, belonging, errors, there }: MemberProps) {
  const { role, shown } = belonging;
  const makes = mayIn({ role, membersOrganise: group.membersOrganise }, "organise");
  const [leaving, showing] = [doorOf(group, "leaving"), doorOf(group, "showing")];
  return (
    <Card>
      <ErrorSummary t={t} errors={errors} />
      <p className="flex items-center gap-2 font-semibold">
        <Icon name="check" className="text-ok" />
        {t("group.youAre", { role: t(`group.role_${role}`) })}
      </p>
      <p className="flex flex-wrap gap-2">
        <ButtonLink href={`${actorPath(group.handle, group.host)}/discussions`}>{t("talk.title")}</ButtonLink>
        <ButtonLink href={resourcesPath(group.handle, group.host)}>{t("resource.title")}</ButtonLink>
        {makes && <ButtonLink href={groupDeskPath(group.id)}>{t("group.desk")}</ButtonLink>}
      </p>
      {there}
      <details>
        <summary className="inline-flex min-h-11 items-center text-accent">{t("group.membership")}</summary>
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
    </Card>
  );
}
