import { SECRET_MASK, type Channel } from "@muster/shared/contracts/channel.ts";
import { describe, expect, it } from "vitest";
import { ApiError } from "../../api/api-error.ts";
import { emptySettings, formOfChannel, settingErrors, settingsToSend } from "./channel-fields.ts";

const CHANNEL: Channel = {
  id: "01a22f5b-e7fe-723e-ad01-1a80ca90fd2f",
  name: "Phones",
  type: "ntfy",
  settings: { server: "https://ntfy.sh", topic: SECRET_MASK, token: SECRET_MASK },
  host: "ntfy.sh",
  unconfirmedAddresses: [],
  language: "en",
  isEnabled: true,
  lastSentAt: null,
  failingSince: null,
  version: 1,
  updatedAt: null,
  updatedBy: null,
};

describe("the form of a channel", () => {
  it("begins with the defaults of its type, and without secrets", () => {
    expect(emptySettings("ntfy")).toEqual({ settings: { server: "https://ntfy.sh" }, secrets: {} });
    expect(emptySettings("email")).toEqual({ settings: { addresses: [] }, secrets: {} });
  });

  it("sends the mask for a secret that is left empty, and what was entered otherwise", () => {
    const form = formOfChannel(CHANNEL);
    expect(settingsToSend(form, CHANNEL)).toEqual(CHANNEL.settings);
    const entered = { ...form, secrets: { topic: "disks", token: "" } };
    expect(settingsToSend(entered, CHANNEL)).toEqual({ ...CHANNEL.settings, topic: "disks" });
    expect(settingsToSend(entered, null)).toEqual({ server: "https://ntfy.sh", topic: "disks" });
  });

  it("shows what the server refuses of a setting beside it", () => {
    const details = [{ path: "settings.token", message: "must be entered again" }];
    const error = new ApiError({ code: "bad-request", message: "", status: 400, details });
    expect([...settingErrors(error)]).toEqual([["token", "must be entered again"]]);
  });
});
