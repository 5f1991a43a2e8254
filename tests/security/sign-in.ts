/** Signs in as a page does and returns the cookie. */
export async function signIn(base: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${base}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: base },
    body: JSON.stringify({ email, password }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (answer.status !== 200 || cookie === undefined)
    throw new Error(`${email} cannot sign in: ${answer.status}`);
  return cookie;
}
