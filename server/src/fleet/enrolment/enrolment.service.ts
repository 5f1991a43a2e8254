import type {
  EnrolmentAnswer,
  EnrolmentCheckAnswer,
  EnrolmentRequest,
} from "@muster/shared/contracts/enrolment.ts";
import { DEFAULT_REPORT_INTERVAL_S } from "@muster/shared/protocol/agent-protocol.ts";
import type { Audit, DeviceCredentials, Enrolment, Organizations } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import { insertDevice, markClones, type NewDevice } from "../devices/device.repository.ts";
import { replaceTags } from "../devices/device-writes.repository.ts";
import { NO_FACTS } from "../ingest/device-facts.ts";
import type { ReadEnrolment } from "./read-enrolment.ts";
import { createReturningEnrolment } from "./returning-enrolment.ts";
import { deviceStatusOf } from "../presence/device-status.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";

export type DeviceEnrolment = {
  /**
   * Creates a device for the machine, always a new one: a claimed machine id never takes over another device. Only a device whose first
   * answer was lost is the same one, see `findReturningDevice`. Throws `enrolment-refused` for an invalid token.
   */
  enrol(read: ReadEnrolment, requestId: string): Promise<EnrolmentAnswer>;
  /** Checks a token as an enrolment would, and refuses it in the same way. Creates nothing and does not use up the token. */
  check(token: string): Promise<EnrolmentCheckAnswer>;
};

export function createDeviceEnrolment(deps: {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  events: EventBus;
  audit: Audit;
  enrolment: Enrolment;
  credentials: DeviceCredentials;
  organizations: Organizations;
}): DeviceEnrolment {
  const { store, clock, makeId, events, audit, enrolment, credentials, organizations } = deps;
  const returning = createReturningEnrolment(deps);

  async function enrolNew(request: EnrolmentRequest, ignored: readonly string[], requestId: string) {
    const deviceId = makeId();
    const now = clock.now();
    return store.transaction(async (tx) => {
      const grant = await enrolment.consume(tx, request.token);
      const { orgId, tags, needsApproval } = grant;
      const device = newDevice(request, { deviceId, now, ignored, ...grant });
      const deviceNo = await insertDevice(tx, device, DEFAULT_REPORT_INTERVAL_S);
      await replaceTags(tx, orgId, deviceNo, tags);
      const hasClone = await markClones(tx, orgId, request.machine.machineId);
      const credential = await credentials.createForDevice(tx, {
        orgId,
        deviceId,
        publicKey: request.publicKey,
      });
      await audit.record(tx, {
        orgId,
        actor: { type: "device", id: deviceId, name: request.hostname },
        action: "device.enrolled",
        subject: { type: "device", id: deviceId, name: request.hostname },
        details: {
          tokenId: grant.tokenId,
          tokenName: grant.tokenName,
          needsApproval,
          hasDuplicateMachineId: hasClone,
        },
        customerId: grant.customer?.id ?? null,
        requestId,
      });
      return { deviceId, orgId, credential, needsApproval };
    });
  }

  return {
    async enrol({ request, ignored }, requestId) {
      const returned = await returning.enrolAgain(request, requestId);
      const { deviceId, orgId, credential, needsApproval } =
        returned ?? (await enrolNew(request, ignored, requestId));
      events.publish({ topic: "device.changed", orgId, ids: [deviceId] });
      if (returned) events.publish({ topic: "credential.changed", orgId, ids: [deviceId] });
      const { name, reportIntervalS } = await organizations.get(orgId);
      const signingKeys = await organizations.signingKeys(orgId);
      return {
        deviceId,
        credential,
        organization: { id: orgId, name, signingKeys },
        intervalS: reportIntervalS,
        approved: !needsApproval,
        ...(ignored.length > 0 && { ignored: [...ignored] }),
      };
    },
    async check(token) {
      const { orgId, needsApproval } = await enrolment.check(token);
      const { name } = await organizations.get(orgId);
      return { organization: name, needsApproval };
    },
  };
}

type NewDeviceOptions = {
  deviceId: string;
  orgId: string;
  now: number;
  customer: CustomerRef | null;
  tags: readonly string[];
  needsApproval: boolean;
  tokenId: string;
  ignored: readonly string[];
};

function newDevice(request: EnrolmentRequest, given: NewDeviceOptions): NewDevice {
  const { deviceId, orgId, now, customer, tags, needsApproval, tokenId, ignored } = given;
  const status = deviceStatusOf(
    {
      connection: "waiting",
      lastWord: null,
      maintenanceUntil: null,
      isApproved: !needsApproval,
      isCloneSuspected: false,
      deviceClass: request.classGuess,
      heldLevel: 0,
      score: null,
      disk: null,
      diskFree: null,
      faultFacts: null,
    },
    now,
  );
  return {
    id: deviceId,
    org_id: orgId,
    machine_id: request.machine.machineId,
    hypervisor_uuid: request.machine.hypervisorUuid,
    has_clone: 0,
    hostname: request.hostname,
    os_family: request.osFamily,
    os_name: null,
    class_guess: request.classGuess,
    serial: null,
    model: null,
    macs: "",
    address: null,
    addresses: "",
    agent_version: request.agentVersion,
    booted_at: null,
    inventory_hash: null,
    user_name: null,
    reboot_required: 0,
    public_network: null,
    facts: JSON.stringify({ ...NO_FACTS, ignored }),
    label: null,
    customer_id: customer?.id ?? null,
    customer: customer?.name ?? null,
    notes: "",
    class_chosen: null,
    tags: JSON.stringify(tags),
    maintenance_until: null,
    window_until: null,
    enrolled_at: now,
    enrolment_token_id: tokenId,
    approved_at: needsApproval ? null : now,
    archived_at: null,
    clone_suspected_at: null,
    connection: "waiting",
    connection_since: now,
    last_word: null,
    is_paused: 0,
    paused_until: null,
    shown: status.shown,
    is_absent: status.isAbsent ? 1 : 0,
    attention_rank: status.attentionRank,
  };
}
