import { NtExecutable, NtExecutableResource, Resource } from "resedit";
import { fuseWire } from "./fuse-wire.ts";

const EN_US = 1033;
const UNICODE = 1200;

/** A Windows program with resources and fuses like Electron's. */
export function makeWindowsProgram(): Buffer {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.create({
    lang: EN_US,
    fixedInfo: { fileVersionMS: 1 << 16, productVersionMS: 1 << 16 },
    strings: [
      {
        lang: EN_US,
        codepage: UNICODE,
        values: { ProductName: "Electron", FileDescription: "Electron", CompanyName: "GitHub, Inc." },
      },
    ],
  });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(fuseWire());
  return Buffer.from(program.generate());
}
