import type { AuditEntry } from "@muster/shared/contracts/audit.ts";
import type { EditColumns } from "../platform/edit-version.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import type { Role } from "@muster/shared/contracts/identity.ts";

type OrganizationsTable = {
  id: string;
  name: string | null;
  offline_after_s: number;
  report_interval_s: number;
  /** Null for no limit, 0 for no pauses. */
  longest_pause_s: number | null;
  /** JSON of `SupportContact`. */
  support_contact: string | null;
  created_at: number;
  /** Written first by every change of memberships, so that two changes in one organization run serially. */
  updated_at: number;
} & EditColumns;

type SigningKeysTable = {
  id: string;
  org_id: string;
  /** 32 bytes, base64url. */
  public_key: string;
  sealed_private_key: Buffer;
  created_at: number;
  retired_at: number | null;
};

type UsersTable = {
  id: string;
  /** In lower case. */
  email: string;
  name: string;
  password_hash: string;
  created_at: number;
  last_login_at: number | null;
  /** May see what concerns the whole server: its metrics. */
  is_server_admin: 0 | 1;
  /** The language of mails to the user; null until it is known. */
  language: Language | null;
};

type MembershipsTable = {
  org_id: string;
  user_id: string;
  role: Role;
  created_at: number;
  /** With 1, the customers of `customer_limits` are the limit, also when there are none. */
  is_limited: 0 | 1;
} & EditColumns;

/** What a member, an invitation or an API key is limited to; `holder_id` is the id of the user, invitation or key. */
type CustomerLimitsTable = { org_id: string; holder_id: string; customer_id: string };

type SessionsTable = {
  id: string;
  secret_hash: string;
  user_id: string;
  /** Organization that the browser used last. */
  org_id: string;
  created_at: number;
  last_used_at: number;
};

/** Browsers in which an account signed in before. */
type KnownBrowsersTable = { secret_hash: string; user_id: string; created_at: number; expires_at: number };

/** Memberships of existing accounts that wait until the user accepts them. */
type InvitationsTable = {
  id: string;
  org_id: string;
  user_id: string;
  /** As the administrator wrote it; the account has its own. */
  name: string;
  role: Role;
  created_at: number;
  is_limited: 0 | 1;
} & EditColumns;

type LoginThrottlesTable = {
  bucket: string;
  failures: number;
  blocked_until: number;
  /** No longer used. */
  succeeded_at: number | null;
  updated_at: number;
};

type ApiKeysTable = {
  id: string;
  org_id: string;
  name: string;
  prefix: string;
  secret_hash: string;
  /** JSON array. */
  scopes: string;
  /** JSON array of grants on the routes of legacy systems. */
  legacy_grants: string;
  /** The only legacy machine that the key may report for. */
  legacy_machine_id: string | null;
  /** The user who created it; null for the command line, whose keys have `fixed_role`. */
  creator_id: string | null;
  creator_name: string;
  fixed_role: Role | null;
  is_limited: 0 | 1;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
} & EditColumns;

/** Browser sessions on a legacy system's pages, with the rights of a key. */
type LegacySessionsTable = {
  secret_hash: string;
  org_id: string;
  key_id: string;
  system: string;
  expires_at: number;
};

type EnrolmentTokensTable = {
  id: string;
  org_id: string;
  name: string;
  secret_hash: string;
  creator_name: string;
  created_at: number;
  expires_at: number;
  max_uses: number | null;
  uses: number;
  needs_approval: 0 | 1;
  /** Customer of the devices that enrol with it. */
  customer_id: string | null;
  /** JSON array. */
  tags: string;
  revoked_at: number | null;
};

type DeviceCredentialsTable = {
  id: string;
  org_id: string;
  device_id: string;
  secret_hash: string;
  /** The device's Ed25519 key: 32 bytes, base64url. */
  public_key: string;
  created_at: number;
  revoked_at: number | null;
};

type AuthEpochTable = { id: number; epoch: number };

type AuditEntriesTable = {
  id: string;
  org_id: string;
  at: number;
  actor_type: AuditEntry["actor"]["type"];
  actor_id: string | null;
  actor_name: string;
  action: string;
  subject_type: string;
  subject_id: string;
  subject_name: string;
  /** JSON object. */
  details: string;
  request_id: string | null;
  /** The customer that the change is about; null when it is about none, about several, or about the organization. */
  customer_id: string | null;
  /** The searched text, in lower case. */
  search_text: string;
};

type SetupLinksTable = {
  id: string;
  org_id: string;
  secret_hash: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
};

declare module "../platform/database/tables.ts" {
  interface Tables {
    organizations: OrganizationsTable;
    signing_keys: SigningKeysTable;
    users: UsersTable;
    memberships: MembershipsTable;
    customer_limits: CustomerLimitsTable;
    sessions: SessionsTable;
    known_browsers: KnownBrowsersTable;
    invitations: InvitationsTable;
    login_throttles: LoginThrottlesTable;
    api_keys: ApiKeysTable;
    legacy_sessions: LegacySessionsTable;
    enrolment_tokens: EnrolmentTokensTable;
    device_credentials: DeviceCredentialsTable;
    auth_epoch: AuthEpochTable;
    audit_entries: AuditEntriesTable;
    setup_links: SetupLinksTable;
  }
}
