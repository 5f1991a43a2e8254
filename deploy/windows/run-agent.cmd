@echo off
rem Keeps the agent running. The scheduled task "Muster Agent" starts it as SYSTEM at startup.
rem 2: the configuration is wrong, and a restart would not help.
set MUSTER_AGENT_SERVICE=1
:again
"%~dp0muster-agent.exe" run >nul 2>nul
if %ERRORLEVEL% EQU 2 exit /b 2
rem Five seconds. "timeout" does not work without a console.
"%SystemRoot%\System32\ping.exe" -n 6 127.0.0.1 >nul
goto again
