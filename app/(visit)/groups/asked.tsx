import { Notice } from "#app/_ui/notice.tsx";
import type { Ask } from "#lib/group/ask/queries.ts";
import type { Translate } from "#lib/locale/index.ts";

type Props = { t: Translate; ask: Ask | null; host: string | null };

/** Whom an ask is about; whom nobody here knows, as the list of the group has them: of a message, `name` is where it stood. */
export const whomOf = (t: Translate, { kind, name, whom }: Pick<Ask, "kind" | "name" | "whom">): string =>
  whom ?? (kind === "message-deleted" ? t("group.somebody") : `@${name}`);

/** What was asked for, in words. */
export const wish = (t: Translate, { role, ...ask }: Omit<Ask, "refused">): string =>
  t(`group.ask_${ask.kind}`, { name: ask.name, whom: whomOf(t, ask), role: role ? t(`group.role_${role}`) : "" });

/** What the server of a group was asked about its people, and how that stands. */
export const AskedOfPeople = ({ t, asks, host }: { t: Translate; asks: (Ask & { id: string })[]; host: string }) => (
  <section className="grid gap-2">
    <h2 className="text-lg">{t("group.askedTitle", { host })}</h2>
    <ul className="grid">
      {asks.map((ask) => (
        <li key={ask.id} className="border-b border-line py-2 [overflow-wrap:anywhere]">
          <span dir="auto">{wish(t, ask)}</span>
          <span className={`block text-sm ${ask.refused ? "font-semibold text-warn" : "text-muted"}`}>
            {ask.refused ? t("group.askRefused", { host }) : t("group.askWaits")}
          </span>
        </li>
      ))}
    </ul>
  </section>
);

/** What the server of a group was asked to do, and that it has not answered, or does not do it. */
export const Asked = ({ t, ask, host }: Props) =>
  ask && host ? (
    <Notice
      kind={ask.refused ? "warn" : "info"}
      id="done"
      role="status"
      title={t(ask.refused ? "group.askRefused" : "group.askSent", { host })}
    >
      <span className="[overflow-wrap:anywhere]" dir="auto">
        {wish(t, ask)}
      </span>
    </Notice>
  ) : null;
