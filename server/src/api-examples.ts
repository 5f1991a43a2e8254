/** placeholder */
export const apiExamples: Readonly<Record<string, unknown>> = {};
