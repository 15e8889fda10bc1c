import type { NextConfig } from "next";

/** Who asks for ActivityStreams, as `bin/edge.ts` says, gets the same thing at the same address in those words. */
const asActivity = [{ type: "header" as const, key: "x-parvis-activity" }];
const peers = (source: string, has?: typeof asActivity) => ({
  source,
  destination: "/federation/door",
  ...(has ? { has } : {}),
});

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Title and description stand in the head for everybody, not only for known robots: pages are whole without script.
  htmlLimitedBots: /.*/,
  devIndicators: false,
  // `npm test` checks types; the build of somebody who only runs Parvis need not.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@fedify/fedify",
    "@fedify/vocab",
    "@fedify/vocab-runtime",
    "@fedify/webfinger",
    "pg-boss",
    "postgres",
    "undici",
    "sharp",
    "nodemailer",
    "sanitize-html",
    "satori",
    "timezones-ical-library",
    "use-intl",
    "@logtape/logtape",
    "temporal-polyfill",
  ],
  // A folder's name cannot begin with @: the pages of people and groups live under `actors`, which answers to nobody else.
  rewrites: async () => ({
    beforeFiles: [
      { source: "/federation/:path*", destination: "/nowhere" },
      peers("/.well-known/:name(webfinger|nodeinfo|host-meta)"),
      peers("/nodeinfo/2.1"),
      peers("/inbox"),
      peers("/@:handle([a-z0-9_]+)/:part(inbox|outbox|followers|following|featured|events)"),
      peers("/@:handle([a-z0-9_]+)/:part(moderators|todos)"),
      peers("/@:handle([a-z0-9_]+)/:part(moderators|todos|events)/:page"),
      peers("/@:handle([a-z0-9_]+)/:part(members|posts|discussions|resources)", asActivity),
      peers("/@:handle([a-z0-9_]+)/:part(members|posts|discussions|resources)/:page", asActivity),
      peers("/activities/:id"),
      peers("/events/:id/:part(replies|attendees|context)"),
      peers("/events/:id/actor", asActivity),
      peers("/actor", asActivity),
      peers("/@:handle([a-z0-9_]+)", asActivity),
      peers("/events/:id", asActivity),
      peers("/comments/:id", asActivity),
      peers("/discussions/:id", asActivity),
      peers("/discussions/:id/replies"),
      peers("/discussions/:id/replies/:page"),
      peers("/members/:id", asActivity),
      peers("/posts/:id", asActivity),
      peers("/resources/:id", asActivity),
      { source: "/actors/:path*", destination: "/nowhere" },
      { source: "/@:handle", destination: "/actors/:handle" },
      { source: "/@:handle/:page(members|discussions|posts|resources)", destination: "/actors/:handle/:page" },
      { source: "/@:handle/:page(discussions|resources)/new", destination: "/actors/:handle/:page/new" },
      { source: "/@:handle/:feed(events\\.ics|events\\.atom|posts\\.atom)", destination: "/actors/:handle/:feed" },
    ],
    afterFiles: [],
    fallback: [],
  }),
  redirects: async () => [
    // Things of a group have one address each; lists stand under the group.
    { source: "/@:handle/posts/:id", missing: asActivity, destination: "/posts/:id", permanent: true },
    // An event as somebody who can be followed is, for people, the event.
    { source: "/events/:id/actor", missing: asActivity, destination: "/events/:id", permanent: false },
  ],
  headers: async () => [
    {
      // A link that opens something: told to nobody, found by nobody.
      source: "/unsubscribe/:path*",
      headers: [
        { key: "Referrer-Policy", value: "no-referrer" },
        { key: "X-Robots-Tag", value: "noindex" },
      ],
    },
    { source: "/_next/static/:path*", headers: [{ key: "Cross-Origin-Resource-Policy", value: "same-origin" }] },
  ],
};

export default config;
