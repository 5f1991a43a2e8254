import { expect, it } from "vitest";
import { CHANNELS } from "../alarms/channels/catalog.ts";
import { channelsEn } from "./en/channels.messages.ts";

it("the English texts of channels are those of the catalog", () => {
  const texts = Object.fromEntries(
    Object.values(CHANNELS).map(({ type, label, description, settings }) => {
      const fields = Object.entries(settings.shape).map(([name, schema]) => {
        const { isSecret: _, ...field } = schema.meta() ?? {};
        return [name, field];
      });
      return [type, { label, description, fields: Object.fromEntries(fields) }];
    }),
  );
  expect(channelsEn.types).toEqual(texts);
});
