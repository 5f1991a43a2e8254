/** The migrations from before the global sequence, whose numbers went by module. Nothing is ever added between them. */
export const NUMBERED_BY_MODULE = [
  "0000-server-settings",
  "0001-organizations",
  "0002-people",
  "0003-sessions",
  "0004-login-throttles",
  "0005-api-keys",
  "0006-enrolment-tokens",
  "0007-device-credentials",
  "0008-audit",
  "0009-setup-links",
  "0010-devices",
  "0011-device-state",
  "0012-device-details",
  "0013-presence",
  "0014-device-indexes",
  "0020-journal",
  "0021-history",
  "0030-actions",
  "0031-compat-keys",
  "0032-older-devices",
  "0033-older-actions",
  "0034-longest-pause",
] as const;

/**
 * The newest migration of every schema that landed on the main branch, in order; each of these databases may exist somewhere. Schemas
 * from before 0014 are not here: 0014 was inserted before 0030, and `migrate` refuses such a database.
 */
export const EARLIER_SCHEMAS: readonly string[] = [
  "0030-actions",
  "0033-older-actions",
  "0034-longest-pause",
  "0039-sign-in",
  "0048-device-search",
  "0054-idempotency",
  "0059-notifications",
  "0063-help-requests",
  "0067-channel-alarms",
  "0072-push-subscriptions",
];
