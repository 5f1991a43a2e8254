import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { isRebootRequired } from "./reboot-required.ts";

const withKernels = (running: string, ...installed: string[]) => ({
  "/proc/sys/kernel/osrelease": `${running}\n`,
  ...Object.fromEntries(installed.map((release) => [`/lib/modules/${release}/modules.dep`, ""])),
});
const ask = (table: Record<string, string>) => isRebootRequired(createMemorySystemFiles(table));

describe("isRebootRequired", () => {
  it.each(["/run/reboot-required", "/run/reboot-needed"])("believes %s", (path) => {
    expect(ask({ [path]: "" })).toBe(true);
  });

  it("sees a newer kernel of the same flavour", () => {
    expect(ask(withKernels("6.1.0-18-amd64", "6.1.0-18-amd64", "6.1.0-21-amd64"))).toBe(true);
    expect(ask(withKernels("6.5.6-300.fc39.x86_64", "6.5.6-300.fc39.x86_64", "6.6.2-201.fc39.x86_64"))).toBe(
      true,
    );
  });

  it("does not ask for an older kernel or one of another flavour", () => {
    expect(
      ask(withKernels("6.1.0-18-amd64", "6.1.0-18-amd64", "6.1.0-9-amd64", "6.1.0-21-cloud-amd64")),
    ).toBe(false);
  });

  it("looks below the root of process 1 where a service's sandbox hides the modules", () => {
    const hidden = Object.entries(withKernels("6.1.0-18-amd64", "6.1.0-18-amd64", "6.1.0-21-amd64")).map(
      ([path, text]) => [path.replace("/lib/", "/proc/1/root/lib/"), text],
    );
    expect(ask(Object.fromEntries(hidden))).toBe(true);
  });

  it("is unknown without the running kernel's modules, as in a container", () => {
    expect(ask(withKernels("6.1.0-18-amd64"))).toBeNull();
    expect(ask(withKernels("6.18.44-custom", "6.1.0-18-amd64"))).toBeNull();
  });
});
