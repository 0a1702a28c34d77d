"""The charts: the subsidies of all frames; what the subsidy pays and what stays with the customer."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RichTextProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbooks.building.formula_text import ref
from workbooks.building.style import GREY, PRINT, YEN, heading, put
from workbooks.form.layout import AMOUNT

PAID, OWN = "2E75B6", "F4B183"  # colours of 補助金 and 手出し
BARE = "#,##0;-#,##0;"  # no number on a bar of nothing
LEGEND = "D"  # column of the legends


def subsidy(sheet: Worksheet, row: int, anchor: str) -> None:
    """補助額's chart, with its two figures and their legends above it."""
    heading(sheet, "B", "G", row, "申請する枠の補助金と手出し（税込。合わせて支払総額）")
    for at, (label, name) in enumerate((("補助金", "out_subsidy"), ("手出し", "out_out_of_pocket")), row + 1):
        cell = ref(name).replace(f"'{AMOUNT}'!", "")
        put(sheet, f"B{at}", label, box=True)
        put(sheet, f"C{at}", f"=IF(ISERROR({cell}),0,{cell})", form=YEN, align="right", box=True)
        put(sheet, f"{LEGEND}{at}", f'="{label} "&TEXT(C{at},"#,##0")&"円"', size=9, colour=GREY, indent=1)
    sheet.add_chart(_stacked(sheet, row + 1, 30.5, 4.2), anchor)


def frames(sheet: Worksheet, first: int, last: int, anchor: str) -> None:
    """The subsidy of each frame as a bar, in the order of the comparison; its figures and labels stand in columns M and N."""
    made: Any = BarChart()
    made.type, made.gapWidth, made.legend = "bar", 45, None
    series = Series(idx=0, order=0)
    series.val = NumDataSource(numRef=NumRef(f=f"'{sheet.title}'!$M${first}:$M${last}"))
    series.cat = AxDataSource(strRef=StrRef(f"'{sheet.title}'!$N${first}:$N${last}"))
    series.graphicalProperties = GraphicalProperties(solidFill=PAID)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, numFmt=BARE)
    made.series.append(series)
    made.x_axis.delete, made.y_axis.delete = False, True
    made.x_axis.scaling.orientation = "maxMin"
    made.x_axis.txPr, made.y_axis.majorGridlines = _small(), None
    made.width, made.height = 30.5, 6.6
    sheet.add_chart(made, anchor)


def proposal(sheet: Worksheet, figures: Worksheet, row: int, anchor: str) -> None:
    """提案書's chart, of the same two figures."""
    sheet.add_chart(_stacked(figures, row + 1, 11.2, 2.55), anchor)


def _stacked(sheet: Worksheet, row: int, width: float, height: float) -> BarChart:
    """One horizontal bar of two parts, in yen."""
    made: Any = BarChart()
    made.type, made.grouping, made.overlap, made.gapWidth = "bar", "stacked", 100, 40
    for at, colour in enumerate((PAID, OWN), row):
        series = Series(idx=at - row, order=at - row)
        series.val = NumDataSource(numRef=NumRef(f=f"'{sheet.title}'!$C${at}"))
        series.tx = SeriesLabel(strRef=StrRef(f"'{sheet.title}'!${LEGEND}${at}"))
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        made.series.append(series)
    made.legend.position = "b"
    made.legend.txPr = _small()
    made.x_axis.delete, made.y_axis.delete = True, True
    made.y_axis.majorGridlines = None
    made.plot_area.layout = Layout(manualLayout=ManualLayout(x=0.02, y=0.08, w=0.96, h=0.6, xMode="edge", yMode="edge"))
    made.width, made.height = width, height  # centimetres
    return made


def _small() -> RichText:
    font = CharacterProperties(sz=900, latin=Font(typeface=PRINT), ea=Font(typeface=PRINT))
    return RichText(
        bodyPr=RichTextProperties(wrap="none"), p=[Paragraph(pPr=ParagraphProperties(defRPr=font), endParaRPr=font)]
    )
