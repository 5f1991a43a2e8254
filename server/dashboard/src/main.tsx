import "./prepare-browser.ts";
import "@fontsource-variable/space-grotesk/wght.css";
// Only the components that are used, in Mantine's order: later ones build on earlier ones.
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/VisuallyHidden.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/ActionIcon.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/Menu.css";
import "@mantine/core/styles/Kbd.css";
import "./ui/base.css";
import { setNonce } from "get-nonce";
import { startTransition } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient, queries } from "./api/queries.ts";
import { App } from "./app.tsx";
import { hadSession } from "./api/session.ts";
import { startI18n } from "./i18n/i18n.ts";
import { registerServiceWorker } from "./register-service-worker.ts";
import { followSignOut } from "./ui/drafts/drafts.ts";
import { cspNonce } from "./ui/csp-nonce.ts";

/** Not awaited at the top level: chunks that it loads import this one, and would wait for its end. */
async function start(): Promise<void> {
  const queryClient = createQueryClient();
  const needsUser = !document.documentElement.hasAttribute("data-frameless") && hadSession();
  // The empty frame of index.html stays until the root has something to show.
  await Promise.all([startStyles(), startI18n(), needsUser && queryClient.prefetchQuery(queries.me())]);
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no element with the id root");
  // In a transition React draws in slices, and the page answers between them.
  startTransition(() => createRoot(root).render(<App queryClient={queryClient} />));
}

/** Resolves when the style sheets of first-paint.js are there, or failed. */
async function startStyles(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[data-start]")];
  const missing = links.filter(({ sheet }) => sheet === null);
  await Promise.all(
    missing.map(
      (link) =>
        new Promise((resolve) => {
          link.addEventListener("load", resolve);
          link.addEventListener("error", resolve);
        }),
    ),
  );
}

setNonce(cspNonce());
void start();
followSignOut();
registerServiceWorker();
