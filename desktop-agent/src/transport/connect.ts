import type { Clock } from "../platform/ports.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createGuardedSender } from "./guarded-sender.ts";
import { createHttpEvents } from "./http-events.ts";
import { createHttpExchange } from "./http-exchange.ts";
import { createRetryBudget } from "./retry-budget.ts";
import type { ServerAddress } from "./server-address.ts";
import { createServerClient, type ServerClient } from "./server-client.ts";

type Deps = { clock: Clock; random: () => number };

/** A client of one server, with the connection, breaker and budget that all its requests share. */
export function connect(
  address: ServerAddress,
  credential: string | null,
  { clock, random }: Deps,
): ServerClient {
  const exchange = createHttpExchange(address, clock);
  const breaker = createCircuitBreaker(clock);
  const budget = createRetryBudget(clock);
  const sender = createGuardedSender({ exchange, clock, random, breaker, budget });
  const openStream = createHttpEvents(address, clock);
  return createServerClient({ exchange, sender, openStream, clock, random, credential });
}
