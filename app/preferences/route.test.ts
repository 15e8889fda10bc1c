import { expect, it } from "vitest";
import { POST } from "./route.ts";

const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  POST(
    new Request("http://localhost:3000/preferences", {
      method: "POST",
      headers: {
        origin: "http://localhost:3000",
        "content-type": "application/x-www-form-urlencoded",
        "accept-language": "fr",
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    }),
    { params: Promise.resolve({}) },
  );

it("remembers only what differs from what the browser asks for", async () => {
  const answer = await send({ locale: "en", theme: "dark" });
  expect(answer.status).toBe(303);
  expect(answer.headers.getSetCookie()).toEqual([
    "locale=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
    "theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
  ]);
  const usual = await send({ locale: "fr", theme: "system" });
  expect(usual.headers.getSetCookie().every((cookie) => cookie.includes("Max-Age=0"))).toBe(true);
});

it("goes back to the page that the form stood on, and to no other site", async () => {
  const back = async (referer: string) => (await send({ theme: "dark" }, { referer })).headers.get("location");
  expect(await back("http://localhost:3000/search?q=velo&when=week")).toBe("/search?q=velo&when=week");
  expect(await back("http://localhost:3000.evil.example/x")).toBe("/");
  expect(await back("https://evil.example/")).toBe("/");
  expect(await back("http://localhost:3000//evil.example/")).toBe("/");
});

it("is not for other sites", async () => {
  const answer = await send({ theme: "dark" }, { origin: "https://evil.example" });
  expect(answer.status).toBe(403);
  expect(answer.headers.getSetCookie()).toEqual([]);
});
