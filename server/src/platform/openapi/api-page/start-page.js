const dark = matchMedia("(prefers-color-scheme: dark)");
const showScheme = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", showScheme);
showScheme();

// A fixed address: one from the query string could be a stranger's document. Requests only read, because the session's cookie goes with them.
globalThis.SwaggerUIBundle({
  url: "v1/openapi.json",
  dom_id: "#api",
  queryConfigEnabled: false,
  validatorUrl: null,
  supportedSubmitMethods: ["get"],
  deepLinking: false,
  // From 150 rows on, Swagger UI draws only those in view, which the browser's own search then does not find.
  docExpansion: "none",
  filter: true,
  displayOperationId: true,
  defaultModelsExpandDepth: 0,
  syntaxHighlight: { activated: false },
});
