// The page that the service worker shows while the server does not answer: the last figures, always with their age.
(() => {
  const RETRY_MS = 10_000;
  const UNITS = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ];
  const figures = readFigures();

  if (figures) {
    document.documentElement.lang = figures.language;
    document.querySelector("h1").textContent = figures.title;
    document.querySelector("#text").textContent = figures.text;
    document.querySelector("button").textContent = figures.retry;
    document.querySelector("#figures").hidden = false;
    for (const { label, value } of figures.lines) {
      const group = document.createElement("div");
      group.append(element("dt", label), element("dd", value));
      document.querySelector("dl").append(group);
    }
    showAge();
    setInterval(showAge, 30_000);
  }
  document.querySelector("button").addEventListener("click", () => location.reload());
  addEventListener("online", () => void reloadIfBack());
  setInterval(() => void reloadIfBack(), RETRY_MS);

  /** A full reload only once the server answers, so that the figures stay on the screen until then. */
  async function reloadIfBack() {
    const answer = await fetch(location.href, { cache: "no-store", method: "HEAD" }).catch(() => null);
    if (answer?.ok) location.reload();
  }

  function showAge() {
    const agoMs = Date.now() - figures.at;
    const [unit, lengthMs] = UNITS.find(([, ms]) => agoMs >= ms) ?? UNITS.at(-1);
    const ago = new Intl.RelativeTimeFormat(figures.language, { numeric: "auto" });
    const when = ago.format(-Math.floor(agoMs / lengthMs), unit);
    document.querySelector("#age").textContent = figures.age.replace("\u0001", when);
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function readFigures() {
    try {
      return JSON.parse(localStorage.getItem("muster-offline"));
    } catch {
      return null;
    }
  }
})();
