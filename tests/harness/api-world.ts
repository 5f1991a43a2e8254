import { openShell } from "./command-line.ts";
import { startComposedServer } from "./composed-server.ts";
import { enrolDevice, makeEnrolmentToken } from "./enrol-device.ts";

/** A real server with one organization, a key that may do everything, and enrolled devices. */
export type ApiWorld = {
  url: string;
  /** Secret of the API key. */
  key: string;
  orgId: string;
  deviceIds: readonly [string, ...string[]];
  remove(): Promise<void>;
};

export async function startApiWorld(hostnames: readonly [string, ...string[]]): Promise<ApiWorld> {
  const shell = await openShell("sqlite");
  const { orgId } = (await shell.run(["org", "create", "Northwind"], { json: true })).json;
  const scopes = ["--scopes", "read,write,act,reboot"];
  const key: string = (
    await shell.run(["key", "create", "--org", orgId, "--name", "tests", ...scopes], { json: true })
  ).json.secret;
  const server = await startComposedServer(shell.environment);
  const token = await makeEnrolmentToken(server.url, key, {
    tags: ["lab", "shared"],
    customer: "Acme, Inc.",
  });
  const enrol = async (hostname: string) => (await enrolDevice(server.url, token, { hostname })).id;
  const [first, ...others] = hostnames;
  const deviceIds = [await enrol(first)] as [string, ...string[]];
  for (const hostname of others) deviceIds.push(await enrol(hostname));
  return {
    url: server.url,
    key,
    orgId,
    deviceIds,
    async remove() {
      await server.close();
      await shell.remove();
    },
  };
}
