import type { InstallSystem } from "@muster/shared/contracts/install.ts";
import type { ServerTrust } from "./public-address.ts";
import { INSTALL_SCRIPTS } from "./install-script.ts";

type LineParts = {
  /** The server's public URL, without a slash at its end. */
  url: string;
  trust: ServerTrust;
  scriptSha256: string;
  token: string;
};

/** Nothing that a shell would read as more than a letter, so that no quoting can fail. */
const SAFE_URL = /^https?:\/\/[A-Za-z0-9.:_~[\]-]+(\/[A-Za-z0-9._~/-]*)?$/;
const SAFE_TOKEN = /^[A-Za-z0-9_-]{20,200}$/;
const AS_ROOT = "$(command -v sudo || command -v doas)";

/**
 * The line to paste: it downloads the script, executes it only with the expected hash, and passes the token by standard input. The token is
 * never an argument of a program: `echo` is a part of every shell. With a pin the download itself is not verified by certificate, because the
 * hash already decides what is executed.
 */
export function installLine(system: InstallSystem, parts: LineParts): string {
  if (!SAFE_URL.test(parts.url))
    throw new Error("The public URL has characters that cannot stand in a command.");
  if (!SAFE_TOKEN.test(parts.token)) throw new Error("The token cannot stand in a command.");
  if (system === "windows") return windowsLine(parts);
  return system === "macos" ? macosLine(parts) : linuxLine(parts);
}

function linuxLine({ url, trust, scriptSha256, token }: LineParts): string {
  const isPinned = trust.kind === "pin";
  // The TLS of busybox offers nothing that the server accepts.
  const failure = url.startsWith("https:")
    ? "The download failed. If wget is that of busybox, install curl first."
    : "The download failed.";
  const body = [
    'umask 077; d=$(mktemp -d) && cd "$d" || exit 1;',
    `u="${scriptUrl("linux", url, scriptSha256)}";`,
    `if command -v curl >/dev/null; then curl -fsSg${isPinned ? "k" : ""} -o i.sh "$u";`,
    `else wget -q -t 2${isPinned ? " --no-check-certificate" : ""} -O i.sh "$u"; fi </dev/null || { echo "${failure}" >&2; false; }`,
    `&& echo "${scriptSha256} *i.sh" | sha256sum -c - >/dev/null`,
    `&& sh i.sh "${url}"${posixOptions(trust)};`,
    'r=$?; cd /; rm -rf "$d"; exit $r',
  ].join(" ");
  return `echo ${token} | ${AS_ROOT} sh -c '${body}'`;
}

function macosLine({ url, trust, scriptSha256, token }: LineParts): string {
  const body = [
    'umask 077; d=$(mktemp -d /var/root/muster-XXXXXX) && cd "$d" || exit 1;',
    `curl -fsSg${trust.kind === "pin" ? "k" : ""} -o i.sh "${scriptUrl("macos", url, scriptSha256)}" </dev/null`,
    `&& echo "${scriptSha256} *i.sh" | shasum -a 256 -c - >/dev/null`,
    `&& sh i.sh "${url}"${posixOptions(trust)};`,
    'r=$?; cd /; rm -rf "$d"; exit $r',
  ].join(" ");
  return `echo ${token} | sudo sh -c '${body}'`;
}

function windowsLine({ url, trust, scriptSha256, token }: LineParts): string {
  const callback = "[Net.ServicePointManager]::ServerCertificateValidationCallback";
  const options =
    trust.kind === "pin" ? ` -Pin '${trust.pin}'` : trust.kind === "none" ? " -InsecureHttp" : "";
  return [
    "& { $ErrorActionPreference='Stop'; [Net.ServicePointManager]::SecurityProtocol='Tls12';",
    ...(trust.kind === "pin" ? [`${callback}={$true};`] : []),
    `$b=(New-Object Net.WebClient).DownloadData('${scriptUrl("windows", url, scriptSha256)}');`,
    `if ([BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($b)).Replace('-','') -ne '${scriptSha256}')`,
    "{ throw 'The script is damaged or was changed. Nothing was executed.' };",
    `'${token}' | & ([scriptblock]::Create([Text.Encoding]::UTF8.GetString($b))) -Server '${url}'${options} }`,
  ].join(" ");
}

function scriptUrl(system: InstallSystem, url: string, sha256: string): string {
  return `${url}/install/${INSTALL_SCRIPTS[system].file}?sha256=${sha256}`;
}

function posixOptions(trust: ServerTrust): string {
  if (trust.kind === "pin") return ` --pin ${trust.pin}`;
  return trust.kind === "none" ? " --insecure-http" : "";
}

/** The line that removes the agent again, for each system. */
export const UNINSTALL_LINES: Readonly<Record<InstallSystem, string>> = {
  linux: `${AS_ROOT} /usr/local/bin/muster-agent uninstall`,
  macos: "sudo /usr/local/bin/muster-agent uninstall",
  windows: '& "$env:ProgramFiles\\Muster Agent\\muster-agent.exe" uninstall',
};
