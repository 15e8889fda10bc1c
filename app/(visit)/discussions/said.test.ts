import { describe, expect, it } from "vitest";
import { messageInput } from "#lib/discussion/message/input.ts";
import { newId } from "#lib/ids.ts";
import { pictureToken } from "#lib/media/token.ts";
import { saidForm } from "./said.ts";

const form = saidForm(messageInput);
const wrong = (typed: Record<string, string>) =>
  Object.fromEntries((form.safeParse(typed).error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));

describe("the form of a message", () => {
  it("puts a chosen picture at the end of what is said, also where it is all that is said", () => {
    const id = newId();
    const chosen = { pictureName: "The [new] key", pictureKept: pictureToken(id) };
    const mark = `![The \\[new\\] key](/media/${id})`;
    expect(form.parse({ content: "Look:", ...chosen }).input).toMatchObject({ content: `Look:\n\n${mark}` });
    expect(form.parse(chosen).input).toMatchObject({ content: mark, quoted: null });
    expect(wrong({ pictureName: "The key", pictureKept: id })).toEqual({ content: "required" });
  });

  it("says beside each control what is wrong", () => {
    const pictureKept = pictureToken(newId());
    expect(wrong({ content: "Look:", pictureKept })).toEqual({ pictureName: "words-required" });
    expect(wrong({ content: "x".repeat(10_000), pictureKept, pictureName: "Key" })).toEqual({ content: "too-long" });
    expect(wrong({ content: "Look:", actor: "ann", quoted: "it" })).toEqual({
      actor: "choice-invalid",
      quoted: "bad-form",
    });
  });

  it("says nothing yet where the picture is only to be put into the text, and keeps all that was typed", () => {
    const typed = { content: "", picture: pictureToken(newId()), pictureKept: "", pictureName: "Key" };
    const rest = { quoted: newId(), actor: newId(), name: "The winter programme" };
    expect(form.parse({ ...typed, ...rest, form_token: "x", intent: "picture" })).toEqual({
      fields: { ...typed, ...rest },
      input: null,
    });
  });
});
