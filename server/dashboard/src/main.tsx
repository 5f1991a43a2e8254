import "./zod-without-eval.ts";
import "virtual:design-tokens.css";
import "@fontsource-variable/space-grotesk/wght.css";
import "./ui/mantine-styles.ts";
import "./ui/base.css";
import { setNonce } from "get-nonce";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startI18n } from "./i18n/i18n.ts";
import { repairNavigatorLanguage } from "./i18n/repair-navigator-language.ts";
import { cspNonce } from "./ui/csp-nonce.ts";

repairNavigatorLanguage();
setNonce(cspNonce());
await startI18n();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");
createRoot(root).render(<App />);
