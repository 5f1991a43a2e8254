import { expect, it } from "vitest";
import { serverOrigins } from "./same-origin.ts";

it("trusts pages of the public URL alone when there is one", () => {
  expect([
    ...serverOrigins({ publicUrl: "https://muster.example.org/x", port: 8080, isLoopback: false }),
  ]).toEqual(["https://muster.example.org"]);
});

it("trusts pages of each of this computer's addresses where no public URL says which one is used", () => {
  const addresses = ["192.168.7.20", "fd00::7"];
  const origins = serverOrigins({
    publicUrl: "https://192.168.7.20:8080",
    port: 8080,
    isLoopback: false,
    addresses,
  });
  expect(origins).toContain("https://[fd00::7]:8080");
  expect(origins).toContain("https://localhost:8080");
  expect(origins).not.toContain("https://192.168.7.20");
  expect(origins).not.toContain("https://192.168.7.21:8080");
});
