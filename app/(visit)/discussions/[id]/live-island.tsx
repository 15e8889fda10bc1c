"use client";

import { useEffect, useState } from "react";
import { buttonLook } from "#app/_ui/button.tsx";

type Props = {
  /** The stream that tells in words how many messages there are behind the last one of the page. */
  stream: string;
  /** Where the first of them stands. */
  href: string;
};

/** Says politely that somebody wrote; nothing moves on the page before one presses. */
export function LiveIsland({ stream, href }: Props) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const source = new EventSource(stream);
    source.onmessage = ({ data }) => setSaid(data);
    return () => source.close();
  }, [stream]);
  return (
    <p role="status" className="empty:hidden">
      {said && (
        <a href={href} className={buttonLook()}>
          {said}
        </a>
      )}
    </p>
  );
}
