@echo off
rem Keeps the agent running: it is what the scheduled task "Muster Agent" starts as SYSTEM at start-up.
rem 2: the configuration is wrong, and stays so until a person changes it.
set MUSTER_AGENT_SERVICE=1
:again
"%~dp0muster-agent.exe" run >nul 2>nul
if %ERRORLEVEL% EQU 2 exit /b 2
rem Five seconds. "timeout" refuses to wait without a console.
"%SystemRoot%\System32\ping.exe" -n 6 127.0.0.1 >nul
goto again
