Option Explicit

' Stands for the module of the same name: notes what would go to Python and gives the answer that a test has set.

Public stubLog As String
Public stubAnswer As Variant
Public stubReachable As Boolean
Public stubFails As Boolean

Public Function hjReachable() As Boolean
    hjReachable = stubReachable
End Function

Public Function hjPython(ByVal place As String, ByVal procedure As String, ByVal values As Variant, ByVal book As Object) As Variant
    stubLog = stubLog & place & "." & procedure & "(" & stubShow(values) & ")" & IIf(book Is Nothing, "", " on a workbook") & vbLf
    If stubFails Then Err.Raise vbObjectError + 1001, , "no Python"
    hjPython = stubAnswer
End Function

Public Sub hjRelease()
    stubLog = stubLog & "released" & vbLf
End Sub

Public Sub hjSay(ByVal message As String, ByVal good As Boolean)
    stubLog = stubLog & IIf(good, "says: ", "warns: ") & message & vbLf
End Sub

Public Function stubShow(ByVal value As Variant) As String
    Dim shown As String
    If IsArray(value) Then
        shown = stubItems(value)
    ElseIf IsError(value) Then
        shown = "error " & CStr(CLng(Replace(CStr(value), "Error ", "")))
    ElseIf IsEmpty(value) Then
        shown = "blank"
    Else
        shown = TypeName(value) & " " & CStr(value)
    End If
    stubShow = shown
End Function

Private Function stubItems(ByVal values As Variant) As String
    Dim item As Variant, shown As String
    For Each item In values
        shown = shown & IIf(shown = "", "", ", ") & stubShow(item)
    Next item
    stubItems = "[" & shown & "]"
End Function
