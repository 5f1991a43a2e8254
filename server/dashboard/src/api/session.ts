const STORAGE_KEY = "muster-organization";

let isTaken = false;

/**
 * False once, when the browser had no session as it loaded the page: asking the server would only put an error into the browser's console.
 * Later a session may have begun in another page.
 */
export function takeHasSession(): boolean {
  const isFirst = !isTaken;
  isTaken = true;
  return !isFirst || hadSession();
}

/** Whether the browser sent a session with its request for the page. */
export function hadSession(): boolean {
  const page = document.querySelector<HTMLMetaElement>('meta[name="muster-session"]');
  return page?.content !== "none";
}

type Listener = () => void;

/** Undefined until it is first read. */
let organization: string | null | undefined;
const endListeners = new Set<Listener>();

/** The organization that this page's requests are for; null means the session's last one. Each page keeps its own. */
export function currentOrganization(): string | null {
  if (organization === undefined) organization = sessionStorage.getItem(STORAGE_KEY);
  return organization;
}

export function chooseOrganization(id: string | null): void {
  organization = id;
  if (id === null) sessionStorage.removeItem(STORAGE_KEY);
  else sessionStorage.setItem(STORAGE_KEY, id);
}

/** Calls back when the server reports that the session is over. Returns a function that stops listening. */
export function onSessionEnded(listener: Listener): () => void {
  endListeners.add(listener);
  return () => endListeners.delete(listener);
}

export function sessionEnded(): void {
  for (const listener of endListeners) listener();
}
