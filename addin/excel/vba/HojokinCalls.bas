Option Explicit

' What cells and buttons ask of Python, and what comes back. An error is a real Excel error, never a text in a money cell.

Private Const DISPATCH As String = "addin.excel.dispatch"
Private Const MACROS As String = "addin.excel.macros"
Private Const VALUE_ERROR As Long = 2015
Private Const NOT_AVAILABLE As Long = 2042
Private Const PAUSE As Double = 30 / 86400

Public hjLastMessage As String
Private mDownUntil As Double
Private mAnswered As Boolean

' One cell: a function's name, how many of its arguments are required, and the arguments as the cell gave them.
Public Function hjCall(ByVal fn As String, ByVal required As Long, ByVal values As Variant) As Variant
    Dim answer As Variant
    hjCall = CVErr(NOT_AVAILABLE)
    If Not hjReachable() Then Exit Function
    If hjIsDown() Then Exit Function
    On Error GoTo unreachable
    answer = hjAsked(Array(fn, hjTrimmed(values, required)))
    hjCall = hjAnswer(answer)
    Exit Function
unreachable:
    hjNoteDown Err.Description
End Function

' Asks Python. One that answered before and has gone since is started again, once.
Private Function hjAsked(ByVal values As Variant) As Variant
    On Error GoTo gone
    hjAsked = hjPython(DISPATCH, "dispatch", values, Nothing)
    mAnswered = True
    Exit Function
gone:
    If Not mAnswered Then Err.Raise Err.Number, , Err.Description
    mAnswered = False
    hjRelease
    hjAsked = hjPython(DISPATCH, "dispatch", values, Nothing)
    mAnswered = True
End Function

' A cell's argument: a range becomes its values, with numbers for dates and currency.
Public Function hjValue(ByVal given As Variant) As Variant
    If IsObject(given) Then
        hjValue = hjRangeValue(given)
    Else
        hjValue = given
    End If
End Function

' A table's argument: blank rows below the last used one are left out, so that whole columns may be given.
Public Function hjTable(ByVal given As Variant) As Variant
    If IsObject(given) Then
        hjTable = hjRangeValue(hjUsed(given))
    Else
        hjTable = hjValue(given)
    End If
End Function

' Named arguments, then those of which a function takes any number; an omitted one stays Empty.
Public Function hjJoined(ByVal named As Variant, ByVal rest As Variant) As Variant
    Dim all() As Variant, i As Long, n As Long
    n = UBound(named) + 1
    ReDim all(0 To n + UBound(rest) - LBound(rest))
    For i = 0 To n - 1
        all(i) = named(i)
    Next i
    For i = LBound(rest) To UBound(rest)
        If Not IsMissing(rest(i)) Then all(n + i - LBound(rest)) = hjValue(rest(i))
    Next i
    hjJoined = all
End Function

' Python's answer as what a cell shows: Array("ok", value), Array("arr", rows, errors, message) or
' Array("err", number, message).
Public Function hjAnswer(ByVal answer As Variant) As Variant
    Select Case CStr(answer(0))
        Case "ok"
            hjAnswer = answer(1)
        Case "arr"
            hjLastMessage = CStr(answer(3))
            hjAnswer = hjWithErrors(answer(1), answer(2))
        Case Else
            hjLastMessage = CStr(answer(2))
            hjAnswer = CVErr(CLng(answer(1)))
    End Select
End Function

' A button: a macro's name and its argument, on the active workbook. A cell's question first finds a Python that has
' gone, or starts one: what a button does is never asked for twice.
Public Sub hjMacro(ByVal macro As String, ByVal argument As String)
    Dim answer As Variant
    If Not hjReachable() Then
        hjSay hjText("mac"), False
        Exit Sub
    End If
    mDownUntil = 0
    hjStatus hjText("working")
    hjWarm
    If mAnswered Then answer = hjPressed(macro, argument)
    hjStatus False
    If IsArray(answer) Then
        hjShow answer
    Else
        hjSay hjLastMessage, False
    End If
End Sub

' A button's answer; nothing, and a note of why, where there is none.
Private Function hjPressed(ByVal macro As String, ByVal argument As String) As Variant
    On Error GoTo unreachable
    hjPressed = hjPython(MACROS, "macro", Array(macro, argument), ActiveWorkbook)
    Exit Function
unreachable:
    hjNoteDown Err.Description
End Function

' Only looks: where Excel refuses it, nothing of what was asked has failed.
Private Sub hjStatus(ByVal text As Variant)
    On Error Resume Next
    Application.StatusBar = text
End Sub

' Starts Python while the user is still looking at the first sheet. Quiet: a cell or a button says what is wrong.
Public Sub hjWarm()
    Dim unused As Variant
    If Not hjReachable() Or hjIsDown() Then Exit Sub
    On Error GoTo unreachable
    unused = hjAsked(Array("SUBSIDY_EDITION", Array()))
    Exit Sub
unreachable:
    hjNoteDown Err.Description
End Sub

' Whether Python is there; starts it when it is not, after a failure only if asked to (`again`).
Public Function hjAnswers(ByVal again As Boolean) As Boolean
    If Not hjReachable() Then
        hjLastMessage = hjText("mac")
        Exit Function
    End If
    If again Then mDownUntil = 0
    If Not mAnswered Then hjWarm
    hjAnswers = mAnswered
End Function

' Array("ok" or "err", message, optional instruction).
Private Sub hjShow(ByVal answer As Variant)
    Dim good As Boolean
    good = (CStr(answer(0)) = "ok")
    If Not good Then hjLastMessage = CStr(answer(1))
    If CStr(answer(1)) <> "" Then hjSay CStr(answer(1)), good
    If UBound(answer) >= 2 Then hjCarryOut CStr(answer(2))
End Sub

' "open:PATH" (a document), "explorer:PATH" (a folder) or "newbook:PATH" (a new workbook from a template).
Private Sub hjCarryOut(ByVal instruction As String)
    Dim path As String
    path = Mid$(instruction, InStr(instruction & ":", ":") + 1)
    If path = "" Then Exit Sub
    On Error GoTo failed
    Select Case LCase$(Left$(instruction, InStr(instruction, ":")))
        Case "newbook:"
            Application.Workbooks.Add path
        Case "open:"
            If LCase$(path) Like "*.xls?" Then
                Application.Workbooks.Open path
            Else
                ThisWorkbook.FollowHyperlink path
            End If
        Case "explorer:"
            ThisWorkbook.FollowHyperlink path
    End Select
    Exit Sub
failed:
    hjSay hjText("not_opened") & vbLf & path, False
End Sub

Private Function hjTrimmed(ByVal values As Variant, ByVal required As Long) As Variant
    Dim last As Long
    last = UBound(values)
    Do While last >= required
        If Not IsEmpty(values(last)) Then Exit Do
        last = last - 1
    Loop
    If last < 0 Then
        hjTrimmed = Array()
    Else
        ReDim Preserve values(0 To last)
        hjTrimmed = values
    End If
End Function

Private Function hjRangeValue(ByVal given As Object) As Variant
    If given.Areas.Count > 1 Then
        hjRangeValue = CVErr(VALUE_ERROR)
    Else
        hjRangeValue = given.Value2
    End If
End Function

Private Function hjUsed(ByVal given As Object) As Object
    Dim used As Object, rows As Double
    Set used = given.Worksheet.UsedRange
    rows = used.Row + used.Rows.Count - given.Row
    If rows < 1 Then rows = 1
    Set hjUsed = given
    If given.Areas.Count = 1 And rows < given.Rows.Count Then Set hjUsed = given.Resize(rows)
End Function

' positions: rows of row, column (both from 0) and error number.
Private Function hjWithErrors(ByVal cells As Variant, ByVal positions As Variant) As Variant
    Dim i As Long
    For i = LBound(positions, 1) To UBound(positions, 1)
        cells(CLng(positions(i, 0)), CLng(positions(i, 1))) = CVErr(CLng(positions(i, 2)))
    Next i
    hjWithErrors = cells
End Function

' After a failure cells answer at once for a while: a sheet of thousands must not wait for thousands of starts.
Private Sub hjNoteDown(ByVal why As String)
    mAnswered = False
    mDownUntil = CDbl(Now) + PAUSE
    hjLastMessage = hjText("unreachable") & vbLf & vbLf & why
    hjRelease
End Sub

Private Function hjIsDown() As Boolean
    hjIsDown = (CDbl(Now) < mDownUntil)
End Function
