// The formula itself needs no zod, which an agent must not load to know its own score.
export { Health, HealthStatus } from "./health.ts";
export { type HealthInput, healthOf, roundHalfToEven, scoreOf } from "./score-formula.ts";
