import type { Clock } from "../platform/ports.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createGuardedSender } from "./guarded-sender.ts";
import { createHttpEvents } from "./http-events.ts";
import { createHttpExchange } from "./http-exchange.ts";
import { NO_PROXY, type ProxyFor } from "./proxy.ts";
import { createRetryBudget } from "./retry-budget.ts";
import type { ServerAddress } from "./server-address.ts";
import { createServerClient, type ServerClient } from "./server-client.ts";

type Deps = {
  clock: Clock;
  random: () => number;
  proxyFor?: ProxyFor | undefined;
  /** How long a server that does not answer is left alone. */
  circuitOpenMs?: number | undefined;
};

/** A client of one server, with the connection, breaker and budget that all its requests share. */
export function connect(
  address: ServerAddress,
  credential: string | null,
  { clock, random, proxyFor = NO_PROXY, circuitOpenMs }: Deps,
): ServerClient {
  const proxy = proxyFor(address.url);
  const exchange = createHttpExchange(address, clock, proxy);
  const breaker = createCircuitBreaker(clock, circuitOpenMs);
  const budget = createRetryBudget(clock);
  const sender = createGuardedSender({ exchange, clock, random, breaker, budget });
  const openStream = createHttpEvents(address, clock, proxy);
  return createServerClient({ exchange, sender, openStream, clock, random, credential });
}
