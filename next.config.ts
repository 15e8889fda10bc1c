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
  headers: async () => [
    { source: "/_next/static/:path*", headers: [{ key: "Cross-Origin-Resource-Policy", value: "same-origin" }] },
  ],
};

export default config;
