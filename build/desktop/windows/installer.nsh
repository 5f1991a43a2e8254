; What Electron's login item leaves in the registry under the application's id.
!macro removeLoginItem ROOT
  DeleteRegValue ${ROOT} "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
  DeleteRegValue ${ROOT} "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
!macroend

!macro customUnInstall
  ; An upgrade runs the old uninstaller, and must find identity, spool and settings again.
  ${ifNot} ${isUpdated}
    !insertmacro removeLoginItem HKCU
    SetShellVarContext current
    RMDir /r "$APPDATA\Muster"
    ${if} $installMode == "all"
      SetShellVarContext all
    ${endIf}
  ${endIf}
!macroend
