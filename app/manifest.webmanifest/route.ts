import { entityTag, feed } from "#app/_web/feed.ts";
import { ownInstance } from "#app/_web/instance.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const { name, description, language } = await ownInstance();
  const manifest = {
    id: "/",
    name,
    short_name: name.slice(0, 30),
    description,
    lang: language,
    start_url: "/",
    display: "minimal-ui",
    background_color: "#fbf9f4",
    theme_color: "#fbf9f4",
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any", purpose: "any" },
      { src: "/icon-maskable.svg", type: "image/svg+xml", sizes: "any", purpose: "maskable" },
    ],
  };
  const body = JSON.stringify(manifest);
  return feed(body, "application/manifest+json", entityTag(body));
}
