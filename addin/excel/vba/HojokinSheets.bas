Option Explicit

' This add-in's own sheets: settings, texts and the help of the functions. Japanese lives there, VBA is ASCII.

Private Const LONGEST As Long = 255

' A setting, with what stands between % and % filled in.
Public Function hjSetting(ByVal key As String) As String
    hjSetting = hjExpanded(hjLookUp("config", key))
End Function

' A message's text.
Public Function hjText(ByVal key As String) As String
    hjText = hjLookUp("texts", key)
End Function

' Gives the function wizard its help. False while Excel refuses, as it does with no workbook in sight.
Public Function hjDescribe() As Boolean
    Dim sheet As Object, row As Long
    On Error GoTo refused
    Set sheet = ThisWorkbook.Sheets("functions")
    row = 2
    Do While CStr(sheet.Cells(row, 1).Value2) <> ""
        hjDescribeOne sheet, row
        row = row + 1
    Loop
    ThisWorkbook.Saved = True
    hjDescribe = True
refused:
End Function

' A row: name, description, category, then one cell for each argument.
Private Sub hjDescribeOne(ByVal sheet As Object, ByVal row As Long)
    Dim help() As String, n As Long, i As Long
    Do While CStr(sheet.Cells(row, 4 + n).Value2) <> ""
        n = n + 1
    Loop
    ReDim help(1 To IIf(n = 0, 1, n))
    For i = 1 To n
        help(i) = Left$(CStr(sheet.Cells(row, 3 + i).Value2), LONGEST)
    Next i
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & CStr(sheet.Cells(row, 1).Value2), _
        Description:=Left$(CStr(sheet.Cells(row, 2).Value2), LONGEST), Category:=CStr(sheet.Cells(row, 3).Value2), _
        ArgumentDescriptions:=help
End Sub

Private Function hjLookUp(ByVal sheetName As String, ByVal key As String) As String
    Dim sheet As Object, row As Long
    Set sheet = ThisWorkbook.Sheets(sheetName)
    row = 2
    Do While CStr(sheet.Cells(row, 1).Value2) <> ""
        If CStr(sheet.Cells(row, 1).Value2) = key Then
            hjLookUp = CStr(sheet.Cells(row, 2).Value2)
            Exit Function
        End If
        row = row + 1
    Loop
End Function

Private Function hjExpanded(ByVal text As String) As String
    Dim first As Long, last As Long, filled As String
    first = InStr(text, "%")
    Do While first > 0
        last = InStr(first + 1, text, "%")
        If last = 0 Then Exit Do
        filled = Environ$(Mid$(text, first + 1, last - first - 1))
        text = Left$(text, first - 1) & filled & Mid$(text, last + 1)
        first = InStr(first + Len(filled), text, "%")
    Loop
    hjExpanded = text
End Function
