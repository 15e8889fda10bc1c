import { Icon } from "#app/_ui/icon.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { Standing } from "#lib/policy/domain.ts";

const looks = {
  open: ["check", "text-ok"],
  limited: ["warning", "text-warn"],
  silenced: ["warning", "text-warn"],
  suspended: ["stop", "text-danger"],
} as const;

/** What holds for a server, in a word with its sign. */
export function StandingWord({ t, peer }: { t: Translate; peer: { standing: Standing; holds: Standing } }) {
  const [icon, colour] = looks[peer.holds];
  const word = t(`moderation.${peer.holds}`);
  return (
    <span className={`inline-flex items-center gap-1.5 font-semibold ${colour}`}>
      <Icon name={icon} size={16} />
      {peer.holds === peer.standing ? word : t("moderation.byDomain", { standing: word })}
    </span>
  );
}
