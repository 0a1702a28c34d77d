Option Explicit

' Binds SUBSIDY_ cells anew. Excel keeps an unknown name in a cell that was written before this add-in was there, or
' on a PC where it lies elsewhere, until the cell is entered again: this module enters it, as it stands, again.
' Members newer than Excel 2016 are named in strings only (CallByName): an older Excel would not compile them.

Private Const PREFIX As String = "SUBSIDY_"
Private Const MOST_CELLS As Long = 5000
Private Const MOST_LOOKED_AT As Double = 200000

Private mBusy As Boolean
Private mMended As Long
Private mLeft As Long

' The button: the active workbook, with a word on what was done.
Public Sub hjMendNow()
    If ActiveWorkbook Is Nothing Then
        hjSay hjText("no_workbook"), False
        Exit Sub
    End If
    If Not hjAnswers(True) Then
        hjSay hjLastMessage, False
        Exit Sub
    End If
    hjMend ActiveWorkbook
    If mLeft > 0 Then
        hjSay Replace(Replace(hjText("mended_partly"), "%1", CStr(mMended)), "%2", CStr(mLeft)), False
    Else
        hjSay Replace(hjText("mended"), "%1", CStr(mMended)), True
    End If
End Sub

' All workbooks that are there.
Public Sub hjMendAll()
    Dim book As Workbook
    On Error Resume Next
    For Each book In Application.Workbooks
        hjMend book
    Next book
End Sub

' One workbook, when Python answers: otherwise a good amount would become #N/A. Events are off meanwhile, and the
' workbook counts as unchanged if it did before: nobody is asked to save.
Public Sub hjMend(ByVal book As Workbook)
    Dim events As Boolean, screen As Boolean, unchanged As Boolean
    If mBusy Or book Is ThisWorkbook Or book.IsAddin Then Exit Sub
    If Not hjAnswers(False) Then Exit Sub
    mBusy = True
    mMended = 0
    mLeft = 0
    events = Application.EnableEvents
    screen = Application.ScreenUpdating
    unchanged = book.Saved
    On Error Resume Next
    Application.EnableEvents = False
    Application.ScreenUpdating = False
    hjMendBook book
    If unchanged Then book.Saved = True
    Application.ScreenUpdating = screen
    Application.EnableEvents = events
    mBusy = False
End Sub

Private Sub hjMendBook(ByVal book As Workbook)
    Dim foreign As Boolean, sheet As Worksheet
    hjMendLinks book
    foreign = hjHasForeignLink(book)
    For Each sheet In book.Worksheets
        hjMendSheet sheet, foreign
    Next sheet
End Sub

' A link to this add-in at another place becomes one to this file.
Private Sub hjMendLinks(ByVal book As Workbook)
    Dim links As Variant, i As Long, alerts As Boolean
    On Error Resume Next
    links = book.LinkSources(xlExcelLinks)
    If Not IsArray(links) Then Exit Sub
    alerts = Application.DisplayAlerts
    Application.DisplayAlerts = False
    For i = LBound(links) To UBound(links)
        If hjIsForeign(CStr(links(i))) Then book.ChangeLink CStr(links(i)), ThisWorkbook.FullName, xlLinkTypeExcelLinks
    Next i
    Application.DisplayAlerts = alerts
End Sub

Private Function hjHasForeignLink(ByVal book As Workbook) As Boolean
    Dim links As Variant, i As Long
    On Error Resume Next
    links = book.LinkSources(xlExcelLinks)
    If Not IsArray(links) Then Exit Function
    For i = LBound(links) To UBound(links)
        If hjIsForeign(CStr(links(i))) Then hjHasForeignLink = True
    Next i
End Function

' Whether a path names this add-in's file in another place.
Public Function hjIsForeign(ByVal path As String) As Boolean
    Dim own As String
    own = LCase$(ThisWorkbook.Name)
    path = LCase$(Replace(path, "/", "\"))
    hjIsForeign = Right$(path, Len(own) + 1) = "\" & own And path <> LCase$(Replace(ThisWorkbook.FullName, "/", "\"))
End Function

' Cells with errors; where a link to another place is left, all formulas.
Private Sub hjMendSheet(ByVal sheet As Worksheet, ByVal foreign As Boolean)
    Dim found As Range, cell As Range
    On Error Resume Next
    If foreign Then
        Set found = sheet.UsedRange.SpecialCells(xlCellTypeFormulas)
    Else
        Set found = sheet.UsedRange.SpecialCells(xlCellTypeFormulas, xlErrors)
    End If
    If found Is Nothing Then Exit Sub
    If CDbl(found.CountLarge) > MOST_LOOKED_AT Then
        mLeft = mLeft + 1
        Exit Sub
    End If
    For Each cell In found.Cells
        hjMendCell cell
    Next cell
End Sub

Private Sub hjMendCell(ByVal cell As Range)
    Dim text As String
    On Error GoTo kept
    text = hjFormula(cell)
    If Not hjToMend(text, IsError(cell.Value2)) Then Exit Sub
    If Not hjIsFirst(cell) Then Exit Sub
    If mMended >= MOST_CELLS Or cell.Worksheet.ProtectContents Or cell.NumberFormat = "@" Then GoTo kept
    hjEnter cell, hjWithoutPath(text, ThisWorkbook.Name)
    mMended = mMended + 1
    Exit Sub
kept:
    mLeft = mLeft + 1
End Sub

' Whether a formula is ours and unbound: it shows an error, or names this add-in's file.
Public Function hjToMend(ByVal text As String, ByVal isWrong As Boolean) As Boolean
    If InStr(1, text, PREFIX, vbTextCompare) = 0 Then Exit Function
    hjToMend = isWrong Or hjWithoutPath(text, ThisWorkbook.Name) <> text
End Function

' Enters a formula as Excel holds it: as an array, as one that may spill, or as an old one.
Private Sub hjEnter(ByVal cell As Range, ByVal text As String)
    If hjIsOldArray(cell) Then
        cell.CurrentArray.FormulaArray = text
    ElseIf hjHas(cell, "Formula2") Then
        CallByName cell, "Formula2", VbLet, text
    Else
        cell.Formula = text
    End If
End Sub

Private Function hjFormula(ByVal cell As Range) As String
    If hjHas(cell, "Formula2") And Not hjIsOldArray(cell) Then
        hjFormula = CStr(CallByName(cell, "Formula2", VbGet))
    Else
        hjFormula = CStr(cell.Formula)
    End If
End Function

' Only the first cell of an array or of a spilled range is entered.
Private Function hjIsFirst(ByVal cell As Range) As Boolean
    Dim parent As Object
    hjIsFirst = True
    If hjFlag(cell, "HasSpill") Then
        Set parent = CallByName(cell, "SpillParent", VbGet)
        hjIsFirst = (parent.Address = cell.Address)
    ElseIf hjIsOldArray(cell) Then
        hjIsFirst = (cell.CurrentArray.Cells(1, 1).Address = cell.Address)
    End If
End Function

Private Function hjIsOldArray(ByVal cell As Range) As Boolean
    If cell.HasArray Then hjIsOldArray = Not hjFlag(cell, "HasSpill")
End Function

Private Function hjHas(ByVal cell As Range, ByVal member As String) As Boolean
    Dim unused As Variant
    On Error GoTo missing
    unused = CallByName(cell, member, VbGet)
    hjHas = True
missing:
End Function

Private Function hjFlag(ByVal cell As Range, ByVal member As String) As Boolean
    On Error GoTo missing
    hjFlag = CBool(CallByName(cell, member, VbGet))
missing:
End Function

' A formula without this add-in's file before its functions: 'C:\...\Hojokin.xlam'!SUBSIDY_X( becomes SUBSIDY_X(.
Public Function hjWithoutPath(ByVal text As String, ByVal fileName As String) As String
    Dim mark As Long, first As Long
    mark = InStr(1, text, "!" & PREFIX, vbTextCompare)
    Do While mark > 0
        first = hjPlaceStart(text, mark)
        If hjIsOurs(Mid$(text, first, mark - first), fileName) Then
            text = Left$(text, first - 1) & Mid$(text, mark + 1)
            mark = first
        End If
        mark = InStr(mark + 1, text, "!" & PREFIX, vbTextCompare)
    Loop
    hjWithoutPath = text
End Function

' Where the name of a place before "!" begins. In a quoted one a doubled mark is a letter.
Private Function hjPlaceStart(ByVal text As String, ByVal mark As Long) As Long
    Dim at As Long
    at = mark - 1
    If Mid$(text, at, 1) = "'" Then
        Do
            at = InStrRev(text, "'", at - 1)
            If at < 2 Then Exit Do
            If Mid$(text, at - 1, 1) <> "'" Then Exit Do
            at = at - 1
        Loop
        hjPlaceStart = IIf(at < 1, mark, at)
    Else
        Do While at > 0
            If InStr("=(,;+-*/^&<>@{ ", Mid$(text, at, 1)) > 0 Then Exit Do
            at = at - 1
        Loop
        hjPlaceStart = at + 1
    End If
End Function

' Whether a place before "!" is this add-in's file, by its name or by a number for an external link.
Private Function hjIsOurs(ByVal place As String, ByVal fileName As String) As Boolean
    Dim before As String
    place = LCase$(Replace(Replace(place, "'", ""), "]", ""))
    If Left$(place, 1) = "[" And IsNumeric(Mid$(place, 2)) Then
        hjIsOurs = True
    ElseIf Right$(place, Len(fileName)) = LCase$(fileName) Then
        before = Left$(place, Len(place) - Len(fileName))
        hjIsOurs = (before = "" Or Right$(before, 1) = "\" Or Right$(before, 1) = "/" Or Right$(before, 1) = "[")
    End If
End Function
