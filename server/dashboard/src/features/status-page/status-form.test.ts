import { describe, expect, it } from "vitest";
import { formOf, movedComponents, newComponent, problemOf, toChange } from "./status-form.ts";

const scope = { kind: "tag", tag: "web" } as const;
const settings = {
  isEnabled: true,
  title: "Acme",
  intro: "",
  url: null,
  components: [{ id: "0191d5c8-0000-7000-8000-000000000001", name: "Website", scope }],
  version: 1,
  updatedAt: null,
  updatedBy: null,
};

it("sends back what it was made of", () => {
  const { isEnabled, title, intro, components } = settings;
  expect(toChange(formOf(settings))).toEqual({ isEnabled, title, intro, components });
});

it("sends a new component without an id", () => {
  const form = { ...formOf(settings), components: [{ ...newComponent("a"), name: "All" }] };
  expect(toChange(form).components).toEqual([{ name: "All", scope: { kind: "organization" } }]);
});

describe("a component", () => {
  const named = (key: string, name: string) => ({ ...newComponent(key), name });

  it.each([
    ["needs a name", named("a", " "), "name"],
    ["needs a name of its own", named("a", "Website"), "sameName"],
    [
      "needs the devices that it is about",
      { ...named("a", "Shop"), scope: { kind: "tag" as const, value: "" } },
      "scope",
    ],
    ["has no problem otherwise", named("a", "Shop"), null],
  ])("%s", (_, component, problem) => {
    expect(problemOf(component, [component, named("b", "Website")])).toBe(problem);
  });

  it("moves by one place, and not beyond the ends", () => {
    const all = [named("a", "A"), named("b", "B"), named("c", "C")];
    const keysAfter = (key: string, steps: -1 | 1) => movedComponents(all, key, steps).map((one) => one.key);
    expect(keysAfter("c", -1)).toEqual(["a", "c", "b"]);
    expect(keysAfter("a", -1)).toEqual(["a", "b", "c"]);
    expect(keysAfter("c", 1)).toEqual(["a", "b", "c"]);
  });
});
