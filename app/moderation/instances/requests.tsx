import { Button } from "#app/_ui/button.tsx";
import { RadioField } from "#app/_ui/radio-field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { listAsking } from "#lib/federation/peers/queries.ts";
import type { Translate } from "#lib/locale/index.ts";

const [answer, setting] = ["/moderation/instances/answer", "/moderation/instances/requests"];

/** Accept a server that asks to follow this one, or decline; also one that follows already. */
export function AnswerForm({
  t,
  host,
  state,
}: {
  t: Translate;
  host: string;
  state: "pending" | "accepted" | "rejected";
}) {
  return (
    <form method="post" action={answer} className="flex flex-wrap gap-2">
      <FormGuard path={answer} />
      <input type="hidden" name="host" value={host} />
      {state !== "accepted" && (
        <Button name="answer" value="accept">
          {t("moderation.accept")}
        </Button>
      )}
      {state !== "rejected" && (
        <Button name="answer" value="decline">
          {t(state === "accepted" ? "moderation.remove" : "moderation.decline")}
        </Button>
      )}
    </form>
  );
}

/** Servers that wait for an answer, and whether they must. One query. */
export async function Requests({ t }: { t: Translate }) {
  const { queued, hosts } = await listAsking(database());
  return (
    <section
      id="requests"
      aria-labelledby="requests-title"
      className="grid max-w-[40rem] gap-3 border-t border-line pt-5"
    >
      <h2 id="requests-title" className="text-xl">
        {t("moderation.requestsTitle")}
      </h2>
      <p className="text-muted">{t("moderation.requestsText")}</p>
      {hosts.length > 0 && (
        <ul className="grid">
          {hosts.map((host) => (
            <li key={host} className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-2">
              <span className="wrap-anywhere font-semibold">{host}</span>
              <AnswerForm t={t} host={host} state="pending" />
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={setting} className="grid gap-2">
        <FormGuard path={setting} />
        <RadioField
          name="requests"
          legend={t("moderation.requestsLegend")}
          value={queued ? "queued" : "automatic"}
          choices={[
            { value: "automatic", label: t("moderation.requestsAutomatic") },
            { value: "queued", label: t("moderation.requestsQueued") },
          ]}
        />
        <p>
          <Button>{t("moderation.save")}</Button>
        </p>
      </form>
    </section>
  );
}
