// Loaded before a program that the launcher starts: when the launcher is gone, whatever ended it, the program stops as
// if it had been asked to. It is also the only way to ask on Windows, where a signal ends a process at once.
function stop() {
  if (!process.emit("SIGTERM", "SIGTERM")) process.exit(143);
}

if (process.channel) {
  process.once("disconnect", stop);
  process.channel.unref();
}
