"use client";

import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { yourTimePlace } from "./places.ts";

type Props = { instant: string; timezone: string; locale: string; template: string };

/** "18:00 your time" at its place within still markup, only where the reader's clock differs from the event's. `template` holds `{time}`. */
export function YourTimeIsland({ instant, timezone, locale, template }: Props) {
  const [time, setTime] = useState<string | null>(null);
  useEffect(() => {
    const at = new Date(instant);
    const shape = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const mine = new Intl.DateTimeFormat(locale, shape).format(at);
    if (mine !== new Intl.DateTimeFormat(locale, { ...shape, timeZone: timezone }).format(at)) setTime(mine);
  }, [instant, timezone, locale]);
  return (
    time &&
    createPortal(
      <span className="block font-display text-sm text-muted tabular-nums print:hidden">
        {template.replace("{time}", time)}
      </span>,
      document.getElementById(yourTimePlace)!,
    )
  );
}
