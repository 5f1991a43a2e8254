import {
  Channel,
  ChannelChange,
  Channels,
  ChannelTest,
  CreatedChannel,
  NewChannel,
  RotatedSecret,
} from "@muster/shared/contracts/channel.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf } from "../../../identity/index.ts";
import { type Access, type Route, route } from "../../../platform/http/route.ts";
import type { TestChannel } from "./channel-test.ts";
import type { ChannelService } from "./channel.service.ts";

// Channels are of the whole organization, so a caller with a customer limit has none.
const READ = { by: "member", role: "viewer", scope: "read" } as const satisfies Access;
const ADMINISTER = { by: "member", role: "admin", scope: "write" } as const satisfies Access;
const group = "Notifications";
const params = z.object({ id: Id });

/** Channels: where messages about alarms go. */
export function createChannelRoutes(channels: ChannelService, test: TestChannel): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/channels",
        operationId: "listChannels",
        summary: "All channels in the order of their names, without their secrets",
        group,
        access: READ,
        answer: Channels,
        status: 200,
      },
      ({ caller }) => channels.list(caller.orgId),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/channels",
        operationId: "createChannel",
        summary: "Create a channel; the secret of a webhook is returned only here",
        group,
        access: ADMINISTER,
        body: NewChannel,
        answer: CreatedChannel,
        hasVersion: true,
        status: 201,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) =>
        channels.create(caller.orgId, body, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/channels/{id}",
        operationId: "updateChannel",
        summary: "Change a channel",
        group,
        access: ADMINISTER,
        params,
        body: ChannelChange,
        answer: Channel,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, body, version, requestId }) => {
        const by = { actor: actorOf(caller), requestId };
        return channels.change(caller.orgId, id, { change: body, version }, by);
      },
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/channels/{id}",
        operationId: "deleteChannel",
        summary: "Delete a channel that no policy uses; messages that wait are dropped",
        group,
        access: ADMINISTER,
        params,
        status: 204,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) =>
        channels.remove(caller.orgId, id, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/channels/{id}/test",
        operationId: "testChannel",
        summary: "Send a test message, and get what happened",
        group,
        access: ADMINISTER,
        params,
        answer: ChannelTest,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => test(caller.orgId, id),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/channels/{id}/rotate-secret",
        operationId: "rotateChannelSecret",
        summary: "Replace the secret of a webhook; for 24 hours messages are signed with both",
        group,
        access: ADMINISTER,
        params,
        answer: RotatedSecret,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) =>
        channels.rotateSecret(caller.orgId, id, { actor: actorOf(caller), requestId }),
    ),
  ];
}
