/** A filter with one value; undefined and null: it does not narrow. */
export type FilterSelectProps = { value: string | undefined; onChange: (value: string | null) => void };
