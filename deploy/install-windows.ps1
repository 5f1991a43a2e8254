<#
.SYNOPSIS
Installs Muster's agent on Windows from one file, or removes it: "muster-agent install" with the parameters of legacy installers.

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
    [string] $InstallDir,
    [switch] $Uninstall,
    [Parameter(ValueFromPipeline)] [string] $InputToken
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Programs that this script starts must not inherit the token.
$environmentToken = if ($env:MUSTER_ENROL_TOKEN) { $env:MUSTER_ENROL_TOKEN } else { $env:API_KEY }
$env:MUSTER_ENROL_TOKEN = $null
$env:API_KEY = $null

function Find-Binary {
    $installed = Join-Path $env:ProgramFiles 'Muster Agent\muster-agent.exe'
    $beside = (Join-Path $PSScriptRoot 'muster-agent.exe'), (Join-Path $PSScriptRoot '..\dist\agent\muster-agent.exe')
    $candidates = if ($Uninstall) { @($Binary, $installed) + $beside } else { @($Binary) + $beside }
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

$program = Find-Binary
if ($Uninstall) {
    & $program uninstall
    exit $LASTEXITCODE
}
if ($MachineId) { Write-Warning '-MachineId is not used any more. Name the device on the server.' }
if ($Interval -eq 0 -and $env:INTERVAL_SECONDS) { $Interval = [int] $env:INTERVAL_SECONDS }
$arguments = @('install', '--server', $Server)
if ($Interval -gt 0) { $arguments += '--interval', $Interval }
if ($InstallDir) { $arguments += '--dir', $InstallDir }
if ($CaFile) { $arguments += '--ca-file', $CaFile }
if ($Pin) { $arguments += '--pin', $Pin }
if ($InsecureHttp) { $arguments += '--insecure-http' }
$token = Read-Token
if ($token) {
    $token.Trim() | & $program @arguments --token-stdin
} else {
    Write-Warning 'This machine will not be enrolled because no token was given.'
    & $program @arguments --no-enrol
}
exit $LASTEXITCODE
