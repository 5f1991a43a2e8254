// Runs before the first paint, so that a chosen scheme does not flash; it is a file because the page allows no inline script.
(() => {
  const root = document.documentElement;
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("muster-color-scheme") ?? "auto";
  } catch {
    // Storage can be forbidden; the system's scheme is right then.
  }
  const dark =
    chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
