import {
  EnrolmentAnswer,
  EnrolmentCheck,
  EnrolmentCheckAnswer,
  EnrolmentRequest,
} from "@muster/shared/contracts/enrolment.ts";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { DeviceLifecycle } from "../devices/device-lifecycle.service.ts";
import type { DeviceEnrolment } from "./enrolment.service.ts";
import { readEnrolment } from "./read-enrolment.ts";

export function createEnrolmentRoutes(deps: {
  enrolment: DeviceEnrolment;
  lifecycle: DeviceLifecycle;
}): Route[] {
  const { enrolment, lifecycle } = deps;
  return [
    route(
      {
        method: "post",
        path: AGENT_PATHS.enrol,
        operationId: "enrolDevice",
        summary: "Join an organization with an enrolment token",
        group: "Agent",
        access: { by: "public" },
        body: EnrolmentRequest,
        readBody: readEnrolment,
        answer: EnrolmentAnswer,
        status: 201,
        errors: ["enrolment-refused"],
      },
      ({ body, requestId }) => enrolment.enrol(body, requestId),
    ),
    route(
      {
        method: "post",
        path: AGENT_PATHS.enrolCheck,
        operationId: "checkEnrolmentToken",
        summary: "Check an enrolment token without using it",
        group: "Agent",
        access: { by: "public" },
        body: EnrolmentCheck,
        answer: EnrolmentCheckAnswer,
        status: 200,
        errors: ["enrolment-refused"],
      },
      ({ body }) => enrolment.check(body.token),
    ),
    route(
      {
        method: "post",
        path: AGENT_PATHS.leave,
        operationId: "leaveOrganization",
        summary: "Report the removal of this device: revokes its credential and archives it",
        group: "Agent",
        access: { by: "device" },
        status: 204,
      },
      ({ caller, requestId }) => lifecycle.leave(caller, requestId),
    ),
  ];
}
