/** A generated validator. After it has returned false, `errors` says where the value is wrong. */
type Validator<Value> = ((value: unknown) => value is Value) & {
  errors?: readonly { instancePath: string }[] | null;
};

/**
 * Removes the fields of an object in which its validator finds an error, at any depth. `value` is null for an object that is not valid
 * without them.
 */
export function keepValidFields<Value>(object: Record<string, unknown>, isValid: Validator<Value>) {
  const removed: string[] = [];
  while (!isValid(object)) {
    const field = isValid.errors?.[0]?.instancePath.split("/")[1];
    if (field === undefined) return { value: null, removed };
    removed.push(field);
    Reflect.deleteProperty(object, field);
  }
  return { value: object, removed };
}
