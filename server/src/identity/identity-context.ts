import type { Clock } from "../platform/clock.ts";
import type { MakeId } from "../platform/crypto/ids.ts";
import type { Store } from "../platform/database/store.ts";
import type { EventBus } from "../platform/events/event-bus.ts";
import type { Logger } from "../platform/logging/logger.ts";
import "./identity.tables.ts";

/** Dependencies that all services of identity share. */
export type IdentityContext = { store: Store; clock: Clock; makeId: MakeId; log: Logger; events: EventBus };
