import { expect, it } from "vitest";
import { ApiError } from "../api/api-error.ts";
import { fieldErrorsOf, isOfFields } from "./use-request-form.ts";

const FIELDS = { name: "", tags: [] };
const refusal = (...details: { path: string; message: string }[]) =>
  new ApiError({ code: "bad-request", message: "no", status: 400, details });
const ofName = { path: "name", message: "must not be empty" };
const ofTag = { path: "tags.2", message: "must be a tag" };
const ofOther = { path: "constructor", message: "must not be there" };

it("finds the field of each message, of parts of it too", () => {
  expect(fieldErrorsOf(refusal(ofName, ofTag, ofOther), FIELDS)).toEqual({
    name: "Must not be empty.",
    tags: "Must be a tag.",
  });
  expect(fieldErrorsOf(new Error("network"), FIELDS)).toEqual({});
});

it("knows whether the fields show everything that is wrong", () => {
  expect(isOfFields(refusal(ofName, ofTag), FIELDS)).toBe(true);
  expect(isOfFields(refusal(ofName, ofOther), FIELDS)).toBe(false);
  expect(isOfFields(refusal(), FIELDS)).toBe(false);
  expect(isOfFields(new Error("network"), FIELDS)).toBe(false);
});
