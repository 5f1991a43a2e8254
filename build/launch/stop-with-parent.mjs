// Loaded before a program that the launcher starts: when the launcher ends for any reason, the program stops as after
// a stop signal. On Windows this is also the only way to stop it cleanly, since a signal ends a process immediately.
function stop() {
  if (!process.emit("SIGTERM", "SIGTERM")) process.exit(143);
}

if (process.channel) {
  process.once("disconnect", stop);
  process.channel.unref();
}
