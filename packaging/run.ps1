# Starts OSNP Console from this checkout on Windows, after installing whatever is missing in .venv.
#
# NOT TRIED: this script was written with care, but has never been run on a Windows machine.
# Its model, which is tried, is packaging/run.sh: same section of requirements.lock, same stamp, same words.
#
#   powershell -ExecutionPolicy Bypass -File packaging\run.ps1                opens the program
#   powershell -ExecutionPolicy Bypass -File packaging\run.ps1 ARGUMENTS...   passes the arguments on
#
# Needs Windows PowerShell 5 or later, and Python 3.11 or later (its "py" launcher, or python in the PATH).
# No param() block: every argument belongs to the program.

Set-StrictMode -Version 2.0
# Not "Stop": PowerShell 5 would then take any line a command writes on standard error for a failure.
$ErrorActionPreference = 'Continue'

$minimum = '3.11'
$project = Split-Path -Parent $PSScriptRoot
$venv = Join-Path $project '.venv'
$lock = Join-Path $project 'requirements.lock'
$python = Join-Path $venv 'Scripts\python.exe'
$stamp = Join-Path $venv '.stamp-execution'
$utf8 = New-Object System.Text.UTF8Encoding $false
$programArguments = @($args)
$script:tooOld = ''

# Modules must come from .venv alone.
Remove-Item Env:PYTHONPATH, Env:PYTHONHOME, Env:PYTHONSTARTUP -ErrorAction SilentlyContinue

function Say([string] $text) {
    [Console]::Error.WriteLine($text)
}

function Stop-Here([string] $text) {
    Say "osnp-console : $text"
    exit 1
}

# The lines of one section of the lock, joined by line feeds.
function Get-LockSection([string] $name) {
    $inside = $false
    $kept = New-Object System.Collections.Generic.List[string]
    foreach ($line in [IO.File]::ReadAllLines($lock, $utf8)) {
        if ($line.StartsWith('# === section : ')) {
            $inside = ($line -eq "# === section : $name ===")
        }
        elseif ($inside) {
            $kept.Add($line)
        }
    }
    return ($kept -join "`n") + "`n"
}

# What the stamp must say: the section, Python's version and the place, since a .venv cannot be moved.
function Get-Stamp([string] $section) {
    $sha = [Security.Cryptography.SHA256]::Create()
    $hash = [BitConverter]::ToString($sha.ComputeHash($utf8.GetBytes($section)))
    $sha.Dispose()
    $version = 'no python'
    if (Test-Path -LiteralPath $python) {
        $said = & $python -c 'import platform, sys; print(sys.implementation.cache_tag, platform.machine())' 2>$null
        if ($LASTEXITCODE -eq 0) { $version = "$said" }
    }
    return "$hash`n$version`n$project`n"
}

function Test-Ready([string] $section) {
    if (-not (Test-Path -LiteralPath $stamp)) { return $false }
    return [IO.File]::ReadAllText($stamp, $utf8) -ceq (Get-Stamp $section)
}

# The words of a command that starts a Python recent enough; nothing if there is none.
function Find-Python {
    $candidates = @(@('py', '-3'), @('python'), @('python3'))
    foreach ($candidate in $candidates) {
        $command = $candidate[0]
        if (-not (Get-Command $command -CommandType Application -ErrorAction SilentlyContinue)) { continue }
        $options = @($candidate | Select-Object -Skip 1)
        # The store's placeholder for python also ends here: it prints no version and fails.
        $said = & $command @options -c 'import sys; print(*sys.version_info[:2], sep=''.'')' 2>$null
        if ($LASTEXITCODE -ne 0 -or "$said" -notmatch '^\d+\.\d+$') { continue }
        if ([version] "$said" -ge [version] $minimum) { return $candidate }
        $script:tooOld = "$said"
    }
}

# Anything half-made, out of date or moved is made again from nothing; the stamp is written last.
function Install-Environment([string] $section) {
    $base = @(Find-Python)
    if ($base.Count -eq 0) {
        if ($script:tooOld) {
            Stop-Here "Python $($script:tooOld) est trop ancien : il faut Python $minimum ou plus récent."
        }
        Stop-Here "Python n'a pas été trouvé : installez Python $minimum ou plus récent, puis relancez."
    }

    Say "Création de l'environnement Python dans $venv"
    if (Test-Path -LiteralPath $venv) {
        Remove-Item -LiteralPath $venv -Recurse -Force
        if (Test-Path -LiteralPath $venv) {
            Stop-Here "l'ancien environnement n'a pas pu être effacé (le programme est-il ouvert ?) : $venv"
        }
    }
    $command = $base[0]
    $options = @($base | Select-Object -Skip 1)
    & $command @options -m venv $venv | Out-Host
    if ($LASTEXITCODE -ne 0) {
        Stop-Here "l'environnement Python n'a pas pu être créé ; la cause est écrite ci-dessus."
    }

    Say "Installation des bibliothèques (section « exécution » de requirements.lock)"
    $requirements = Join-Path $venv '.requirements.txt'
    [IO.File]::WriteAllText($requirements, $section, $utf8)
    & $python -m pip install --disable-pip-version-check --no-input --quiet --no-deps --require-hashes --only-binary ':all:' -r $requirements | Out-Host
    if ($LASTEXITCODE -ne 0) {
        Say ''
        Say "osnp-console : les bibliothèques n'ont pas pu être installées ; la cause est écrite ci-dessus."
        Say "Le plus souvent, le réseau ou son mandataire (proxy) ne répond pas. Relancez une fois la cause levée."
        exit 1
    }
    Remove-Item -LiteralPath $requirements -Force

    # The program is used where it lies: no build tool, hence nothing more to fetch. The file names no path,
    # since Python before 3.13 would read an accented one in the system's own encoding.
    $purelib = Join-Path $venv 'Lib\site-packages'
    [IO.File]::WriteAllText((Join-Path $purelib 'osnp_console_checkout.pth'), "import os, sys; sys.path.append(os.path.dirname(sys.prefix))`n", $utf8)
    [IO.File]::WriteAllText((Join-Path $venv 'Scripts\osnp-console.cmd'), "@`"%~dp0python.exe`" -P -m osnp_console %*`r`n", $utf8)
    [IO.File]::WriteAllText($stamp, (Get-Stamp $section), $utf8)
}

if (-not (Test-Path -LiteralPath $lock)) {
    Stop-Here "le fichier requirements.lock manque dans $project."
}
$section = Get-LockSection 'exécution'
if ($section -notmatch '[a-z]==[0-9]') {
    Stop-Here "la section « exécution » manque dans requirements.lock."
}
if (-not (Test-Ready $section)) {
    Install-Environment $section
}

& $python -P -m osnp_console @programArguments
exit $LASTEXITCODE
