/**
 * What PostgreSQL is to do when a server vanishes without a word (its machine lost power, was suspended, or the network is cut):
 * end its session, with the locks of its transaction and its jobs, within a minute. By itself it waits two hours. Options in the
 * database's URL come before these.
 */
export const SESSION_OPTIONS = [
  "tcp_keepalives_idle=20",
  "tcp_keepalives_interval=10",
  "tcp_keepalives_count=3",
  "idle_in_transaction_session_timeout=60000",
]
  .map((setting) => `-c ${setting}`)
  .join(" ");
