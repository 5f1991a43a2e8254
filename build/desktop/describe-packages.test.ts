import { expect, it } from "vitest";
import { describePackages } from "./describe-packages.ts";
import { readInfoPlist } from "./mac/read-info-plist.ts";

const options = { app: "app", icons: { windows: "a.ico", mac: "a.icns", linux: "icons" }, output: "out" };

async function describeMac(macIdentity?: string | null) {
  const { mac } = describePackages({ ...options, macIdentity });
  if (!mac || typeof mac.entitlements !== "string") throw new Error("no entitlements");
  return { mac, rights: Object.keys(await readInfoPlist(mac.entitlements)) };
}

it("signs ad hoc on macOS without a certificate, and does not notarise", async () => {
  const { mac, rights } = await describeMac();
  expect(mac).toMatchObject({ identity: "-", hardenedRuntime: true, notarize: false });
  expect(rights).toEqual([
    "com.apple.security.cs.allow-jit",
    "com.apple.security.cs.disable-library-validation",
  ]);
});

it.each([null, "Developer ID Application: Example"])(
  "gives a program signed by %s a single entitlement",
  async (name) => {
    const { mac, rights } = await describeMac(name);
    expect(mac.identity).toBe(name ?? undefined);
    expect(mac).not.toHaveProperty("notarize");
    expect(rights).toEqual(["com.apple.security.cs.allow-jit"]);
  },
);

it("asks for which users to install on Windows, and for no rights at start", () => {
  const { nsis, win } = describePackages(options);
  expect(nsis).toMatchObject({ oneClick: false, perMachine: false });
  expect(win).toMatchObject({ requestedExecutionLevel: "asInvoker" });
});

it("packs only bundled files", () => {
  const configuration = describePackages(options);
  expect(configuration).toMatchObject({ asar: true, files: ["**/*"], publish: null });
  expect(configuration).not.toHaveProperty("extraResources");
});
