/**
 * Every table, by name. A module that owns tables adds them in its own `<module>.tables.ts` by augmenting this interface,
 * so that the platform knows no domain word.
 */
export interface Tables {}
