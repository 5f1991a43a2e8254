<#
.SYNOPSIS
Installs Muster's agent on Windows from one file, enrols it and starts it as a scheduled task of SYSTEM, or removes it.

.EXAMPLE
Get-Content token.txt | .\install-windows.ps1 -Server https://muster.example.org -TokenStdin

.EXAMPLE
.\install-windows.ps1 -Uninstall

.NOTES
The token may also come from -TokenFile or $env:MUSTER_ENROL_TOKEN. Parameters of legacy installers: -ServerUrl is -Server, -ApiKey is the token
(other users may see arguments), -IntervalSeconds is -Interval, and -MachineId is ignored.
#>
#Requires -Version 5.1
#Requires -RunAsAdministrator
[CmdletBinding()]
param(
    [Alias('ServerUrl')] [string] $Server = $env:SERVER_URL,
    [string] $TokenFile,
    [switch] $TokenStdin,
    [string] $ApiKey,
    [string] $MachineId,
    [Alias('IntervalSeconds')] [ValidateRange(0, 86400)] [int] $Interval = 0,
    [string] $CaFile,
    [string] $Pin,
    [switch] $InsecureHttp,
    [string] $Binary,
    [string] $InstallDir = "$env:ProgramFiles\Muster Agent",
    [switch] $Uninstall,
    [Parameter(ValueFromPipeline)] [string] $InputToken
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$taskName = 'Muster Agent'
$agentHome = Join-Path $env:ProgramData 'Muster Agent'
$program = Join-Path $InstallDir 'muster-agent.exe'
$identity = Join-Path $agentHome 'identity.json'
# Commands must use the folder of the service, and must not inherit the token.
$env:MUSTER_AGENT_HOME = $agentHome
$environmentToken = if ($env:MUSTER_ENROL_TOKEN) { $env:MUSTER_ENROL_TOKEN } else { $env:API_KEY }
$env:MUSTER_ENROL_TOKEN = $null
$env:API_KEY = $null

function Stop-Agent {
    if (-not (Get-ScheduledTask -TaskName $taskName -ErrorAction SilentlyContinue)) { return }
    Stop-ScheduledTask -TaskName $taskName
    # Stopping the task ends only its own process; the agent below it is found by its path.
    Get-Process -Name 'muster-agent' -ErrorAction SilentlyContinue |
        Where-Object { $_.Path -eq $program } |
        ForEach-Object { Stop-Process -Id $_.Id -Force; $_.WaitForExit(10000) | Out-Null }
}

function Remove-Agent {
    Stop-Agent
    Unregister-ScheduledTask -TaskName $taskName -Confirm:$false -ErrorAction SilentlyContinue
    if ((Test-Path $program) -and (Test-Path $identity)) { & $program leave --force }
    foreach ($name in 'muster-agent.exe', 'run-agent.cmd') {
        Remove-Item -Path (Join-Path $InstallDir $name) -Force -ErrorAction SilentlyContinue
    }
    # Without -Recurse and only when it is empty, so that a wrong -InstallDir does no damage.
    if ((Test-Path $InstallDir) -and -not (Get-ChildItem $InstallDir -Force)) { Remove-Item $InstallDir }
    foreach ($folder in $agentHome, (Join-Path $env:ProgramData 'MusterAgent')) {
        Remove-Item -Path $folder -Recurse -Force -ErrorAction SilentlyContinue
    }
    Write-Output "Muster's agent was removed."
}

function Find-Binary {
    $candidates = @($Binary, (Join-Path $PSScriptRoot 'muster-agent.exe'), (Join-Path $PSScriptRoot '..\dist\agent\muster-agent.exe'))
    $found = $candidates | Where-Object { $_ -and (Test-Path $_ -PathType Leaf) } | Select-Object -First 1
    if (-not $found) { throw 'The agent was not found. Give it with -Binary FILE.' }
    $found
}

function Read-Token {
    if ($TokenStdin) { return $InputToken }
    if ($TokenFile) { return (Get-Content -Raw $TokenFile) }
    if ($ApiKey) {
        Write-Warning '-ApiKey shows the token to users who can see arguments. Use -TokenStdin, -TokenFile or $env:MUSTER_ENROL_TOKEN.'
        return $ApiKey
    }
    $environmentToken
}

function Copy-Files([string] $source) {
    New-Item -ItemType Directory -Force -Path $InstallDir, $agentHome | Out-Null
    # SYSTEM and administrators only, by SID because names are translated. Files and folders below inherit it.
    & icacls.exe $agentHome /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' /q | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "$agentHome cannot be restricted to SYSTEM and administrators." }
    Copy-Item $source $program -Force
    Copy-Item (Join-Path $PSScriptRoot 'windows\run-agent.cmd') $InstallDir -Force
    $configuration = Join-Path $agentHome 'config.json'
    if (-not (Test-Path $configuration)) {
        $text = if ($Interval -gt 0) { "{""interval"": $Interval}" } else { '{}' }
        [IO.File]::WriteAllText($configuration, "$text`n")
    } elseif ($Interval -gt 0) {
        Write-Warning "$configuration exists and was not changed. Set the interval there."
    }
}

function Register-Device {
    if (Test-Path $identity) {
        Write-Warning 'This machine is already enrolled.'
        return
    }
    $token = Read-Token
    if (-not $token) {
        Write-Warning "This machine is not enrolled because no token was given. Run muster-agent enrol --server $Server --token-stdin."
        return
    }
    $arguments = @('enrol', '--server', $Server, '--token-stdin')
    if ($CaFile) { $arguments += '--ca-file', $CaFile }
    if ($Pin) { $arguments += '--pin', $Pin }
    if ($InsecureHttp) { $arguments += '--insecure-http' }
    $token.Trim() | & $program @arguments
    if ($LASTEXITCODE -ne 0) { throw 'The machine could not be enrolled. See the agent''s output above.' }
}

function Start-Agent {
    $action = New-ScheduledTaskAction -Execute "$env:SystemRoot\System32\cmd.exe" -Argument "/d /c """"$InstallDir\run-agent.cmd"""""
    $settings = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -StartWhenAvailable `
        -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 3 -RestartInterval (New-TimeSpan -Minutes 1) -MultipleInstances IgnoreNew
    $principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest
    Register-ScheduledTask -TaskName $taskName -Action $action -Trigger (New-ScheduledTaskTrigger -AtStartup) `
        -Settings $settings -Principal $principal -Force | Out-Null
    Start-ScheduledTask -TaskName $taskName
}

if ($Uninstall) {
    Remove-Agent
    return
}
if ($MachineId) { Write-Warning '-MachineId is not used any more. Name the device on the server.' }
if ($Interval -eq 0 -and $env:INTERVAL_SECONDS) { $Interval = [int] $env:INTERVAL_SECONDS }
if (-not (Test-Path $identity) -and $Server -notmatch '^https?://') { throw 'The server is missing. Give it with -Server https://...' }
$source = Find-Binary
Stop-Agent
Copy-Files $source
Register-Device
Start-Agent
