/** The title of a post in a list: its link covers whatever is `relative` around it. */
export const PostTitle = ({ name, href, language }: { name: string; href: string; language: string }) => (
  <a
    href={href}
    dir="auto"
    lang={language === "und" ? undefined : language}
    className="[overflow-wrap:anywhere] text-balance after:absolute after:inset-0 after:rounded-card group-hover:underline focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-focus"
  >
    {name}
  </a>
);
