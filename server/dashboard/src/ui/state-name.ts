/** Every state has its own shape, so that colour is never the only difference. */
export type StateName =
  | "ok"
  | "late"
  | "info"
  | "warn"
  | "critical"
  | "offline"
  | "absent"
  | "expired"
  | "paused"
  | "asleep"
  | "maintenance"
  | "waiting"
  | "archived"
  | "unknown";
