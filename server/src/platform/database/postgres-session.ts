/**
 * Makes PostgreSQL end the session of a server that disappeared (power loss, suspend, broken network) within a minute, with the locks
 * of its transaction and its jobs. By default it waits two hours. Options in the database's URL take precedence.
 */
export const SESSION_OPTIONS = [
  "tcp_keepalives_idle=20",
  "tcp_keepalives_interval=10",
  "tcp_keepalives_count=3",
  "idle_in_transaction_session_timeout=60000",
]
  .map((setting) => `-c ${setting}`)
  .join(" ");
