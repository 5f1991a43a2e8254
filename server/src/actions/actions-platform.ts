import type { Actor, Audit, Signatures } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { MakeId } from "../platform/crypto/ids.ts";
import type { Store } from "../platform/database/store.ts";
import type { LegacyKeyCaller, MemberCaller } from "../platform/http/caller.ts";
import type { ActionRepository } from "./action.repository.ts";
import type { FindDeviceTargets, ResolveDevices } from "../fleet/index.ts";

/** What the services of this module share. */
export type ActionsPlatform = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Audit;
  actorOf(caller: MemberCaller | LegacyKeyCaller): Actor;
  actions: ActionRepository;
  findTargets: FindDeviceTargets;
  resolveDevices: ResolveDevices;
  signatures: Signatures;
  announce: Announce;
};

/** Notifies devices and pages of changes. Call it after the commit. */
export type Announce = {
  /** These devices have work, and these actions changed. */
  queued(orgId: string, deviceIds: readonly string[], actionIds: readonly string[]): void;
  changed(orgId: string, actionIds: readonly string[]): void;
};
