/* Stands in for three programs that Wine lacks or leaves empty. Prints what the same programs of a real Windows printed, from
 * Z:\machine\fixtures, chosen by the name it was started under and by what its arguments ask for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static int print(const char *fixture) {
  char path[MAX_PATH], buffer[4096];
  snprintf(path, sizeof path, "Z:\\machine\\fixtures\\%s", fixture);
  FILE *file = fopen(path, "rb");
  if (!file) return 1;
  for (size_t length; (length = fread(buffer, 1, sizeof buffer, file)) > 0;) fwrite(buffer, 1, length, stdout);
  fclose(file);
  fflush(stdout);
  return 0;
}

/* When the process that "Get-Process -Id N" names was started, as FILETIME; nothing when it is over. */
static int print_start(const char *arguments) {
  FILETIME started, ended, kernel, user;
  DWORD pid = strtoul(strstr(arguments, "-Id ") + 4, NULL, 10), code;
  HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
  if (!process || !GetExitCodeProcess(process, &code) || code != STILL_ACTIVE) return 0;
  if (!GetProcessTimes(process, &started, &ended, &kernel, &user)) return 0;
  return printf("%llu\n", ((unsigned long long)started.dwHighDateTime << 32) | started.dwLowDateTime) < 0;
}

int main(void) {
  char path[MAX_PATH];
  GetModuleFileNameA(NULL, path, sizeof path);
  const char *name = strrchr(path, '\\') + 1;
  const char *arguments = GetCommandLineA();

  if (!_stricmp(name, "quser.exe")) return print("quser.txt");
  if (!_stricmp(name, "wevtutil.exe")) return strstr(arguments, "EventID=12") ? print("event-boot.xml") : 0;
  if (strstr(arguments, "Win32_PowerManagementEvent")) {
    print("watcher.ndjson");
    Sleep(INFINITE);
  }
  if (strstr(arguments, "Win32_OperatingSystem")) return print("cim.json");
  if (strstr(arguments, "ToFileTimeUtc")) return print_start(arguments);
  if (strstr(arguments, "Get-Acl")) return puts("{\"owner\":\"S-1-5-32-544\",\"rules\":[]}") < 0;
  return 1;
}
