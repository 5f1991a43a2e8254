import { createContext } from "react";

/** The element that scrolls the page, for lists that draw only what is in sight. */
export const ScrollerContext = createContext<HTMLElement | null>(null);
