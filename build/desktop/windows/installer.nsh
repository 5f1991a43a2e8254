; Registry values of Electron's login item, named after the application's id.
!macro removeLoginItem ROOT
  DeleteRegValue ${ROOT} "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
  DeleteRegValue ${ROOT} "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
!macroend

!macro customUnInstall
  ; An upgrade runs the previous uninstaller and must keep identity, spool and settings.
  ${ifNot} ${isUpdated}
    !insertmacro removeLoginItem HKCU
    SetShellVarContext current
    RMDir /r "$APPDATA\Muster"
    ${if} $installMode == "all"
      SetShellVarContext all
    ${endIf}
  ${endIf}
!macroend
