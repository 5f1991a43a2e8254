# Downloads Muster's agent for Windows, checks it, and lets it install itself. For Windows PowerShell 5.1 or newer, started as
# administrator, with the enrolment token on the pipeline.
param([Parameter(Mandatory)] [string] $Server, [string] $Pin, [switch] $InsecureHttp, [Parameter(ValueFromPipeline)] [string] $Token)
$ErrorActionPreference = 'Stop'
$principal = [Security.Principal.WindowsPrincipal] [Security.Principal.WindowsIdentity]::GetCurrent()
if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    throw 'Start PowerShell as administrator, then run the line again.'
}
if (-not [Environment]::Is64BitOperatingSystem) { throw 'There is no agent for 32-bit Windows.' }
$sum = '@WINDOWS_X64@'
if ($sum -eq 'none') { throw 'The server has no agent for windows-x64.' }

# Only administrators can write below Program Files.
$folder = Join-Path $env:ProgramFiles ('muster-' + [Guid]::NewGuid())
$agent = Join-Path $folder 'muster-agent.exe'
New-Item -ItemType Directory -Path $folder | Out-Null
try {
    [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
    # With a pin the certificate is self-made: the hash protects the download, and the agent checks the pin before it sends the token.
    if ($Pin) { [Net.ServicePointManager]::ServerCertificateValidationCallback = { $true } }
    Write-Host "Downloading Muster's agent for windows-x64 ..."
    (New-Object Net.WebClient).DownloadFile("$Server/install/agent/windows-x64?sha256=$sum", $agent)
    if ((Get-FileHash -Algorithm SHA256 $agent).Hash -ne $sum) { throw 'The download is damaged or was changed. Nothing was executed.' }
    $arguments = @('install', '--server', $Server, '--token-stdin')
    if ($Pin) { $arguments += '--pin', $Pin }
    if ($InsecureHttp) { $arguments += '--insecure-http' }
    $Token | & $agent @arguments
    if ($LASTEXITCODE -ne 0) { throw 'The agent was not installed. Its own message is above.' }
} finally {
    [Net.ServicePointManager]::ServerCertificateValidationCallback = $null
    Remove-Item -Path $folder -Recurse -Force
}
