import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextArea } from "#app/_ui/field.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { type Reach, reachOf } from "#lib/federation/peers/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { isAtLeast, readHost, type Standing, standings } from "#lib/policy/domain.ts";
import { ownHost } from "#lib/urls.ts";
import { moderatorAt } from "../../door.ts";
import { Frame } from "../../frame.tsx";
import { JudgeForm } from "../judge-form.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const room = "/moderation/instances";
const here = `${room}/judgement`;
const action = `${here}/request`;
const titles = { open: "Open", limited: "Limited", silenced: "Silenced", suspended: "Suspended" } as const;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moderation.judgeTitle"), robots: { index: false } };
}

/** What a judgement changes, one sentence a number that is not zero. */
function effects(t: Translate, standing: Standing, reach: Reach): string[] {
  const { servers, people, events, pictures, followers, followed, participations, waiting } = reach;
  if (standing === "open") return [t("moderation.reachBack", { people, events })];
  const line = (count: number, name: `moderation.${string}`) =>
    count > 0 ? [t(name as "moderation.reachPeople", { count })] : [];
  const blocks = standing === "suspended";
  const all = [
    ...(blocks ? line(people, "moderation.reachPeople") : []),
    ...(blocks ? line(events, "moderation.reachEvents") : []),
    ...(standing === "silenced" ? line(events, "moderation.reachListed") : []),
    ...(isAtLeast(standing, "limited") ? line(pictures, "moderation.reachPictures") : []),
    ...(blocks ? line(followers, "moderation.reachFollowers") : []),
    ...(blocks ? line(followed, "moderation.reachFollowed") : []),
    ...(blocks ? line(participations, "moderation.reachParticipations") : []),
    ...(blocks ? line(waiting, "moderation.reachWaiting") : []),
  ];
  return [t("moderation.reachServers", { count: servers }), ...(all.length > 0 ? all : [t("moderation.reachNothing")])];
}

/** What deciding so would do, in numbers, and the button that does it. Two queries. */
export default async function Judgement({ searchParams }: Props) {
  const search = await searchParams;
  const given = typeof search.host === "string" ? search.host.slice(0, 300) : "";
  const standing = standings.find((one) => one === search.standing) ?? "silenced";
  if (!(await moderatorAt(`${here}?host=${encodeURIComponent(given)}&standing=${standing}`))) return absent();
  const { t } = await getReader();
  const form = await formState(t, search.form, here, { note: t("moderation.note") });
  const host = readHost(form.value("host", given));
  if (!host || host === ownHost())
    return (
      <Frame t={t} here={room} title={t("moderation.judgeTitle")}>
        <ErrorSummary
          t={t}
          errors={[{ field: "host", sentence: t(`refusals.${host ? "host-own" : "host-invalid"}`) }]}
        />
        <JudgeForm t={t} />
      </Frame>
    );
  const wanted = standings.find((one) => one === form.value("standing", standing)) ?? standing;
  const reach = await reachOf(database(), host);
  const look = wanted === "open" ? "filled" : "danger-filled";
  return (
    <Frame t={t} here={room} title={t(`moderation.confirm${titles[wanted]}`, { host })}>
      <ErrorSummary t={t} errors={form.errors} />
      <div className="grid max-w-[40rem] gap-6">
        <p className="text-lg">{t(`moderation.${wanted}Text`)}</p>
        <section aria-labelledby="reach" className="grid gap-2">
          <h2 id="reach" className="text-xl">
            {t("moderation.reachTitle")}
          </h2>
          <ul className="list-disc ps-5">
            {effects(t, wanted, reach).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
        <form method="post" action={action} className="grid gap-4">
          <FormGuard path={action} />
          <input type="hidden" name="host" value={host} />
          <input type="hidden" name="standing" value={wanted} />
          <TextArea
            name="note"
            label={t("moderation.note")}
            hint={t("moderation.noteHint")}
            error={form.error("note")}
            defaultValue={form.value("note")}
            maxLength={1000}
          />
          <p className="flex flex-wrap gap-3">
            <Button look={look}>{t(`moderation.do${titles[wanted]}`)}</Button>
            <ButtonLink href={room}>{t("moderation.keep")}</ButtonLink>
          </p>
        </form>
      </div>
    </Frame>
  );
}
