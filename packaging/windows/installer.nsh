; Laid into electron-builder's installer.

!macro customInstall
  ; Drivers of readers: whatever lies in the folder "drivers" beside the installer. The 64-bit pnputil, since this
  ; installer is a 32-bit program.
  IfFileExists "$EXEDIR\drivers\*.inf" 0 noDrivers
    DetailPrint "Installing reader drivers"
    nsExec::ExecToLog '"$WINDIR\Sysnative\pnputil.exe" /add-driver "$EXEDIR\drivers\*.inf" /subdirs /install'
    Pop $0
    ; 259: nothing to do, 3010: done, restart wanted.
    ${If} $0 != 0
    ${AndIf} $0 != 259
    ${AndIf} $0 != 3010
      DetailPrint "pnputil ended with $0"
    ${EndIf}
  noDrivers:

  ; The machine's policy (policy.json): administrators write it, everybody reads it.
  SetShellVarContext all
  CreateDirectory "$APPDATA\EnrolDesk"
  nsExec::ExecToLog '"$WINDIR\Sysnative\icacls.exe" "$APPDATA\EnrolDesk" /inheritance:r /grant *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX'
  Pop $0
!macroend

!macro customUnInstall
  ; An update uninstalls the version before it: then nothing is asked and nothing is taken away.
  ${IfNot} ${isUpdated}
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/DELETEDATA" $R1
    ${If} ${Errors}
      ; Silent uninstalling answers No.
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Delete the records of this Windows user as well? What has not reached the platform is lost.$\r$\n是否同时删除本用户的全部记录？尚未上传的记录将丢失。" /SD IDNO IDNO keepData
    ${EndIf}
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\EnrolDesk"
    keepData:
  ${EndIf}
!macroend
