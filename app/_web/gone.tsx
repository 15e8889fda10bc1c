import type { ReactNode } from "react";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Strip } from "#app/_ui/strip.tsx";
import { answerWith } from "./request.ts";

type Props = {
  seed: string;
  title: string;
  text?: ReactNode;
  /** The one way on. */
  href: string;
  way: ReactNode;
};

/** What a page returns where something was: 410, what is left of it, and one way on. */
export function gone(left: Props) {
  answerWith(410);
  return <Left {...left} />;
}

const Left = ({ seed, title, text, href, way }: Props) => (
  <div className="grid gap-5 py-8">
    <Strip seed={seed} />
    <h1 className="mt-3">{title}</h1>
    {text && (
      <p className="max-w-[40rem] text-lg text-muted" dir="auto">
        {text}
      </p>
    )}
    <p>
      <ButtonLink href={href} dir="auto">
        {way}
      </ButtonLink>
    </p>
  </div>
);
