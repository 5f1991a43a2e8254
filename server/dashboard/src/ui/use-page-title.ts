import { useEffect } from "react";

let pageTitle = "Muster";
let count = 0;

/** Names the browser's tab after the page. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    pageTitle = `${title} · Muster`;
    showTitle();
  }, [title]);
}

/** Puts a number before the title of every page, as mail programs do for what is unread; 0 removes it. */
export function setTitleCount(number: number): void {
  count = number;
  showTitle();
}

function showTitle(): void {
  document.title = count > 0 ? `(${count}) ${pageTitle}` : pageTitle;
}
