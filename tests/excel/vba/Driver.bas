Option Explicit

' What a test asks of the add-in's modules.

Public Sub Reset()
    stubLog = ""
    stubReachable = True
    stubFails = False
    hjLastMessage = ""
    AnswerOk 1#
End Sub

Public Sub State(ByVal reachable As Boolean, ByVal fails As Boolean)
    stubReachable = reachable
    stubFails = fails
End Sub

Public Sub AnswerOk(ByVal value As Variant)
    stubAnswer = Array("ok", value)
End Sub

Public Sub AnswerError(ByVal number As Long, ByVal message As String)
    stubAnswer = Array("err", number, message)
End Sub

' Two rows of two, the error at the second row's first cell, as Python's tuples arrive: from 0.
Public Sub AnswerTable(ByVal number As Long)
    Dim rows(0 To 1, 0 To 1) As Variant, positions(0 To 0, 0 To 2) As Variant
    rows(0, 0) = "a"
    rows(0, 1) = 1#
    rows(1, 1) = 2#
    positions(0, 0) = 1
    positions(0, 1) = 0
    positions(0, 2) = number
    stubAnswer = Array("arr", rows, positions, "first")
End Sub

Public Sub AnswerMacro(ByVal status As String, ByVal message As String, ByVal instruction As String)
    stubAnswer = Array(status, message, instruction)
End Sub

Public Function Log() As String
    Log = stubLog
    stubLog = ""
End Function

Public Function LastMessage() As String
    LastMessage = hjLastMessage
End Function

' A function with arguments that a cell gives and Python cannot: ranges, omitted ones, errors.
Public Function FromCells(ByVal how As String) As Variant
    Dim cells As Object
    Set cells = ActiveSheet
    Select Case how
        Case "cell": FromCells = SUBSIDY_INVOICE(cells.Range("A1"), cells.Range("B1"))
        Case "blank": FromCells = SUBSIDY_INVOICE(cells.Range("A1"), True, cells.Range("Z9"))
        Case "range": FromCells = SUBSIDY_INVOICE(cells.Range("A1:A2"), True)
        Case "column": FromCells = SUBSIDY_GROUP(cells.Range("A:B"))
        Case "areas": FromCells = SUBSIDY_INVOICE(Union(cells.Range("A1"), cells.Range("B2")), True)
        Case "omitted": FromCells = SUBSIDY_INVOICE(1#, True, , 5#)
        Case "error": FromCells = SUBSIDY_INVOICE(CVErr(2007), True)
        Case "rest": FromCells = SUBSIDY_WHY("invoice", cells.Range("A1"), , True)
    End Select
End Function

Public Sub Press(ByVal id As String)
    Dim control As FakeControl
    Set control = New FakeControl
    control.ID = id
    hjOnAction control
End Sub

Public Sub Watch()
    Dim events As HojokinEvents
    Set events = New HojokinEvents
    events.Watch
End Sub

Public Sub Opened(ByVal book As Workbook)
    Dim events As HojokinEvents
    Set events = New HojokinEvents
    events.mExcel_WorkbookOpen book
End Sub

Public Sub LoadRibbon()
    hjOnLoad Nothing
End Sub

Public Function VersionLabel() As String
    Dim control As FakeControl, shown As Variant
    Set control = New FakeControl
    hjGetVersion control, shown
    VersionLabel = shown
End Function
