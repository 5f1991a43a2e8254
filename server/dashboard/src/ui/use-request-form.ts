import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { ApiError } from "../api/api-error.ts";
import { useFailureText } from "./use-failure-text.ts";

type RequestFormOptions<Values, Answer> = {
  initialValues: Values;
  onValuesChange?: (values: Values) => void;
  send: (values: Values) => Promise<Answer>;
  onDone: (answer: Answer) => void;
};

/**
 * The state of a form that becomes one request. What the server refuses of a field is shown beside it, until it is changed; `failure` is
 * everything else.
 */
export function useRequestForm<Values extends Record<string, unknown>, Answer>(
  options: RequestFormOptions<Values, Answer>,
) {
  const { initialValues, onValuesChange, send, onDone } = options;
  const failureText = useFailureText();
  const form = useForm<Values>({ initialValues, ...(onValuesChange && { onValuesChange }) });
  const request = useMutation({
    mutationFn: send,
    onSuccess: onDone,
    onError: (error) => form.setErrors(fieldErrorsOf(error, initialValues)),
  });
  const { error, isPending, reset } = request;
  return {
    form,
    isPending,
    error,
    /** Forgets a failure. */
    reset,
    failure: error === null || isOfFields(error, initialValues) ? null : failureText(error),
    submit: (event?: React.FormEvent) => {
      event?.preventDefault();
      request.mutate(form.getValues());
    },
  };
}

/** Messages by the name of their field. On the wire each goes on after that name; beside the field it is a sentence. */
export function fieldErrorsOf(error: unknown, fields: object): Record<string, string> {
  const details = error instanceof ApiError ? error.details : [];
  return Object.fromEntries(
    details.flatMap(({ path, message }) => {
      const [name = ""] = path.split(".");
      return Object.hasOwn(fields, name) ? [[name, sentenceOf(message)]] : [];
    }),
  );
}

function sentenceOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

/** Whether every detail of an error is about one of the fields. */
export function isOfFields(error: unknown, fields: object): boolean {
  if (!(error instanceof ApiError) || error.details.length === 0) return false;
  return error.details.every(({ path }) => Object.hasOwn(fields, path.split(".")[0] ?? ""));
}
