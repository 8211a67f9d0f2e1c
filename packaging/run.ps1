# Cài thư viện còn thiếu rồi mở chương trình trên Windows; chỉ cần Python 3.11 trở lên.
$ErrorActionPreference = "Stop"
$project = Split-Path -Parent $PSScriptRoot
$venv = Join-Path $project ".venv"
$python = Join-Path $venv "Scripts\python.exe"
$lock = Join-Path $PSScriptRoot "requirements.lock"
$stamp = Join-Path $venv ".installed"
$wanted = (Get-FileHash -Algorithm SHA256 $lock).Hash

if (-not ((Test-Path $stamp) -and ((Get-Content $stamp -Raw).Trim() -eq $wanted))) {
    Write-Host "Đang cài thư viện Python (chỉ lần đầu)…"
    if (-not (Test-Path $python)) { py -3 -m venv $venv }
    & $python -m pip install -q --disable-pip-version-check --require-hashes -r $lock
    if ($LASTEXITCODE -ne 0) { throw "Chưa cài được thư viện; hãy kiểm tra kết nối mạng rồi chạy lại." }
    Set-Content -Path $stamp -Value $wanted -Encoding ascii
}
$env:PYTHONPATH = $project
& $python -X utf8 -m ncs_desktop @args
exit $LASTEXITCODE
