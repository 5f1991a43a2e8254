import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { printableMessage } from "../../desktop-agent/src/platform/show-in-sessions.ts";
import { readDeviceRecord } from "../../desktop-agent/src/transport/read-answer.ts";

const emoji = "\u{1f600}";
const asked = (character: string) => ({
  title: character.repeat(120),
  text: character.repeat(4000),
  buttons: [character.repeat(40)],
});

/** What the server takes is shown as it was sent. */
function expectShownWhole(message: { title: string; text: string; buttons: string[] }): void {
  const taken = ACTIONS.message.payload.safeParse(message);
  expect(taken.success).toBe(true);
  expect(printableMessage({ urgency: "normal", ...message })).toMatchObject(message);
}

it.each([
  ["emoji", emoji],
  ["letters of a supplementary plane", "\u{20000}"],
  ["right-to-left letters", "\u05e9"],
  ["letters with one unit", "x"],
])("shows the longest message of %s completely", (_, character) => {
  expectShownWhole(asked(character));
});

it("shows letters with combining marks completely, each mark counting as a character", () => {
  const marked = "e\u0301";
  expectShownWhole({ title: marked.repeat(60), text: marked.repeat(2000), buttons: [marked.repeat(20)] });
  expect(ACTIONS.message.payload.safeParse({ ...asked("x"), text: `${marked.repeat(2000)}x` }).success).toBe(
    false,
  );
});

it("refuses one character more, which the device would cut off", () => {
  const text = emoji.repeat(4001);
  expect(ACTIONS.message.payload.safeParse({ ...asked(emoji), text }).success).toBe(false);
  expect([...printableMessage({ urgency: "normal", ...asked(emoji), text }).text]).toHaveLength(4000);
});

it("shows every message that the server accepts", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(text, text, (title, content) => {
      const message = { title, text: content, buttons: [] };
      const taken = ACTIONS.message.payload.safeParse(message);
      if (!taken.success || /[\u202a-\u202e\u2066-\u2069\u2028\u2029]|\s{2}|[^\S ]/u.test(title + content))
        return;
      const shown = printableMessage({
        urgency: "normal",
        title: taken.data.title,
        text: taken.data.text,
        buttons: [],
      });
      expect(shown).toMatchObject({ title: taken.data.title, text: taken.data.text });
    }),
  );
});

it("reads the record of an action that was requested by a user with the longest name", () => {
  const entry = {
    id: "01890a5d-ac96-774b-bcce-b302099a8057",
    type: "message",
    askedBy: emoji.repeat(120),
    askedAt: 1,
    startedAt: null,
    endedAt: null,
    state: "pending",
    errorCode: null,
  };
  expect(readDeviceRecord(JSON.stringify({ actions: [entry] }))?.actions).toEqual([entry]);
});
