import type { LocalHelpRequest, LocalSupport } from "@muster/shared/contracts/local-support.ts";
import { useCallback } from "react";
import { ask } from "../frame/bridge.ts";
import { ResourceBody } from "../frame/resource-body.tsx";
import { startWindow } from "../frame/start-window.tsx";
import { useResource } from "../frame/use-resource.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { Card } from "../ui/card.tsx";
import { AskForm } from "./ask-form.tsx";
import { HelpRequestCard } from "./help-request-card.tsx";
import classes from "./ask-window.module.css";

/** Who IT is, a new request, and the requests of this user with their answers. */
function AskWindow() {
  const { view } = useWindowState();
  const fetchSupport = useCallback(() => ask("read-support"), []);
  const reading = useResource(fetchSupport, view?.support.revision ?? null);
  return (
    <WindowFrame name="ask">
      <ResourceBody reading={reading}>
        {(support) => <Support support={support} changed={reading.reload} />}
      </ResourceBody>
    </WindowFrame>
  );
}

type SupportProps = { support: LocalSupport; changed: () => void };

/** Open requests come first: who has one comes for its answer. */
function Support({ support, changed }: SupportProps) {
  const { contact, requests, diagnostics } = support;
  const { t } = useTranslations();
  return (
    <>
      <Contact contact={contact} />
      <Requests
        title={t("windows.ask.requests.open")}
        requests={requests.filter(({ state }) => state === "open")}
        changed={changed}
      />
      <AskForm diagnostics={diagnostics} changed={changed} />
      <Requests
        title={t("windows.ask.requests.closed")}
        requests={requests.filter(({ state }) => state === "closed")}
        changed={changed}
      />
    </>
  );
}

function Contact({ contact }: Pick<LocalSupport, "contact">) {
  const { t } = useTranslations();
  return (
    <Card title={t("windows.ask.contact.title")}>
      {contact === null ? (
        <p className={classes.dim}>{t("windows.ask.contact.none")}</p>
      ) : (
        <div className={classes.contact}>
          <p className={classes.name} dir="auto">
            {contact.name}
          </p>
          <p dir="auto">{contact.reach}</p>
          {contact.hours !== null && (
            <p className={classes.dim}>{t("windows.ask.contact.hours", { hours: contact.hours })}</p>
          )}
        </div>
      )}
    </Card>
  );
}

type RequestsProps = { title: string; requests: readonly LocalHelpRequest[]; changed: () => void };

function Requests({ title, requests, changed }: RequestsProps) {
  if (requests.length === 0) return null;
  return (
    <Card title={title}>
      <ul className={classes.requests}>
        {requests.map((request) => (
          <li key={request.id}>
            <HelpRequestCard request={request} changed={changed} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

startWindow("ask", AskWindow);
