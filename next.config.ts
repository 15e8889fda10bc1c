import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Title and description stand in the head for everybody, not only for known robots: pages are whole without script.
  htmlLimitedBots: /.*/,
  devIndicators: false,
  // `npm test` checks types; the build of somebody who only runs Parvis need not.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
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
      { source: "/actors/:path*", destination: "/nowhere" },
      { source: "/@:handle", destination: "/actors/:handle" },
      { source: "/@:handle/:feed(events\\.ics|events\\.atom)", destination: "/actors/:handle/:feed" },
    ],
    afterFiles: [],
    fallback: [],
  }),
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
