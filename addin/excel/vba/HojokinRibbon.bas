Option Explicit

' Callbacks of ribbon.xml. A button's id is hj_ and the macro's name.

Private Const BUTTON As String = "hj_"
Private mEvents As HojokinEvents

' Excel has loaded the tab: the rest waits until Excel is idle. No auto-start macro is needed.
Public Sub hjOnLoad(ribbon As Object)
    On Error Resume Next
    Application.OnTime Now, "'" & ThisWorkbook.Name & "'!hjStart"
End Sub

' Watches the workbooks, starts Python, and mends the workbooks that are there already.
Public Sub hjStart()
    hjWatch
    hjWarm
    hjMendAll
End Sub

Public Sub hjOnAction(control As Object)
    Dim macro As String
    hjWatch
    macro = Mid$(control.ID, Len(BUTTON) + 1)
    Select Case macro
        Case "relink"
            hjMendNow
        Case "last_error"
            hjMacro macro, hjLastMessage
        Case Else
            hjMacro macro, ""
    End Select
End Sub

Public Sub hjGetVersion(control As Object, ByRef returned As Variant)
    returned = hjText("version")
End Sub

' Also after an interrupted macro, which makes VBA forget.
Private Sub hjWatch()
    On Error Resume Next
    If mEvents Is Nothing Then
        Set mEvents = New HojokinEvents
        mEvents.Watch
    End If
End Sub
