Option Explicit

' The only module that tells a PC from a Mac: starts Python once per Excel and asks it.
' Settings come from this add-in's own sheet "config", never from a user's workbook or its folder, and what starts
' Python is the same for every workbook, so that there is one Python per Excel.
' Derived from xlwings (BSD 3-clause, Copyright (C) 2014-present, Zoomer Analytics LLC); see THIRD_PARTY_NOTICES.md.

Private Const SERVE As String = "addin.excel.serve"

Private mRound As Double

#If Mac Then
    ' There is no COM on a Mac: functions give #N/A, and the ribbon says what works.
#ElseIf Win64 Then
    Private Const LIBRARY As String = "xlwings64-@XLWINGS@.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-@XLWINGS@.dll" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long
#Else
    Private Const LIBRARY As String = "xlwings32-@XLWINGS@.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-@XLWINGS@.dll" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long
#End If

#If Mac Then
#Else
    Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal fileName As LongPtr) As LongPtr
    Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal message As LongPtr, ByVal caption As LongPtr, ByVal style As Long) As Long
#End If

' Whether this Excel can reach Python at all.
Public Function hjReachable() As Boolean
    #If Mac Then
        hjReachable = False
    #Else
        hjReachable = True
    #End If
End Function

' Runs a Python function by its module and name; raises an error when Python cannot be reached.
Public Function hjPython(ByVal place As String, ByVal procedure As String, ByVal values As Variant, ByVal book As Object) As Variant
    hjPython = XLPy().CallUDF(place, procedure, values, book, Nothing)
End Function

' Lets go of a Python that no longer answers; the next question starts another. It starts it by another text, and so
' under another class: under the old one, COM may go on looking for a process that is gone or that hangs.
Public Sub hjRelease()
    #If Mac Then
    #Else
        Dim unused As Variant
        On Error Resume Next
        XLPyDLLActivateAuto unused, hjServerCommand(), -1
        mRound = IIf(mRound = 0, Int(Timer), mRound) + 1
    #End If
End Sub

' A message with Japanese text, whatever the code page of this PC.
Public Sub hjSay(ByVal message As String, ByVal good As Boolean)
    Dim style As Long
    style = IIf(good, vbInformation, vbExclamation)
    #If Mac Then
        MsgBox message, style, hjText("title")
    #Else
        Dim caption As String
        caption = hjText("title")
        MessageBoxW Application.Hwnd, StrPtr(message), StrPtr(caption), style
    #End If
End Sub

#If Mac Then
Private Function XLPy() As Object
    Err.Raise vbObjectError + 1000, , "Mac"
End Function
#Else
Private Function XLPy() As Object
    Dim server As Variant
    hjLoadLibrary
    If XLPyDLLActivateAuto(server, hjServerCommand(), 1) <> 0 Then Err.Raise vbObjectError + 1001, , CStr(server)
    Set XLPy = server
End Function

' The DLL lies beside Python; once loaded, it is found by its name alone.
Private Sub hjLoadLibrary()
    Static loaded As Boolean
    Dim path As String
    If loaded Then Exit Sub
    path = hjSetting("INTERPRETER_WIN")
    path = Left$(path, InStrRev(path, "\")) & LIBRARY
    If LoadLibraryW(StrPtr(path)) = 0 Then Err.Raise vbObjectError + 1002, , path
    loaded = True
End Sub
#End If

' The same text as long as Python answers: any other would start another Python. $(CLSID) is filled in by the DLL.
Private Function hjServerCommand() As String
    hjServerCommand = """" & hjSetting("INTERPRETER_WIN") & """ -I -B -m " & SERVE & " $(CLSID)"
    If mRound > 0 Then hjServerCommand = hjServerCommand & " " & CStr(mRound)
End Function
