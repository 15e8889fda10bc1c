import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

type NoticeKind = "info" | "ok" | "warn" | "danger";

const looks: Record<NoticeKind, { border: string; text: string; icon: IconName }> = {
  info: { border: "border-s-accent", text: "text-accent", icon: "info" },
  ok: { border: "border-s-ok", text: "text-ok", icon: "check" },
  warn: { border: "border-s-warn", text: "text-warn", icon: "warning" },
  danger: { border: "border-s-danger", text: "text-danger", icon: "stop" },
};

type Props = {
  kind: NoticeKind;
  /** The word or short sentence that carries the meaning: never the colour alone. */
  title: ReactNode;
  children?: ReactNode;
  /** Set to "status" when the page shows it as the answer to something just done. */
  role?: "status" | "alert";
  icon?: IconName;
  id?: string;
  className?: string;
};

/** A status: a bar at the inline start, an icon, a word. */
export function Notice({ kind, title, children, role, icon, id, className = "" }: Props) {
  const look = looks[kind];
  return (
    <div
      id={id}
      role={role}
      tabIndex={id ? -1 : undefined}
      className={`flex gap-3 rounded-e-control border border-s-4 border-line bg-surface px-4 py-3 ${look.border} ${className}`}
    >
      <Icon name={icon ?? look.icon} className={`mt-0.5 ${look.text}`} />
      <div className="min-w-0 flex-1">
        <p className={`font-semibold ${look.text}`}>{title}</p>
        {children && <div className="mt-0.5">{children}</div>}
      </div>
    </div>
  );
}
