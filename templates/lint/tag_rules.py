"""Whether each tag of a template is one that docxtpl reads as its author meant it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from templates.files.docx_guard import TYPES, Document
from templates.files.docx_structure import WORD
from templates.lint.scanner import CLOSE, MERGE, MIDDLE, OPEN, PIECE, TAG, TRACKED, Page, Paragraph, Tag, local

WIDE = re.compile(r"｛\s*[｛%％{]|[｝%％}]\s*｝|\{\s*[｛％]|[｝％]\s*\}")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
SIGNS = re.compile("[\u3000（）［］｛｝＝＋－＊／％｜．，、。：；！？＜＞＂＇「」『』]")
GLUED = re.compile(r"(tr|tc|p|r)(if|for|elif|else|endif|endfor)\b")
HOLDERS = {
    "hyperlink": "リンク",
    "sdtContent": "コンテンツ コントロール",
    "fldSimple": "フィールド",
    "smartTag": "スマート タグ",
    "ins": "変更履歴",
    "del": "変更履歴",
    "moveFrom": "変更履歴",
    "moveTo": "変更履歴",
}
MERGED = re.compile(
    r"""\b(?:MERGEFIELD\s+(?:"([^"]*)"|(\S+))|ADDRESSBLOCK|GREETINGLINE|MERGEREC|MERGESEQ)""", re.IGNORECASE
)
INNER = {
    "softHyphen": "任意指定のハイフン",
    "noBreakHyphen": "改行をしないハイフン",
    "tab": "タブ",
    "br": "改行",
    "cr": "改行",
}
UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
LONGEST = 500  # letters of one tag: deeper brackets than these would stop the parser
WORDS = (*OPEN, *MIDDLE, *CLOSE, *MERGE)
INSTEAD = "使えるのは if、elif、else、endif、for、endfor です"


def faults(paragraph: Paragraph, page: Page) -> Iterator[str]:
    """What is wrong with the tags of one paragraph, in sentences without 。."""
    if WIDE.search(paragraph.text):
        yield "全角の波かっこ・％はタグになりません。半角の {{ }} か {% %} にしてください"
        return
    if PIECE.search(paragraph.rest):
        yield "タグが閉じていないか、段落をまたいでいます。一つのタグは一つの段落の中に書いてください"
        return
    for tag in paragraph.tags:
        why = _long(tag) or _tracked(tag) or _split(tag, page) or spelling(tag) or _alone(tag)
        if why:
            yield why
    if _joins(paragraph, page):
        yield "段落の終わりの { と次の段落の始めの { がつながって読まれます。間に文字を入れてください"


def remarks(paragraph: Paragraph) -> Iterator[str]:
    """What of a paragraph will not be as its author may think, in sentences without 。."""
    for code in _codes(paragraph.element):
        if found := MERGED.search(code):
            field = next((part for part in found.groups() if part), "")
            yield f"差し込み印刷のフィールド{f'「{field}」' if field else ''}は埋まらず、そのまま残ります。{{{{ }}}} のタグに書き換えてください"
    for tag in paragraph.tags:
        names = {local(e) for t in tag.texts for e in t.getparent()} & set(INNER)
        if names:
            yield f"タグの途中に{'・'.join(INNER[name] for name in sorted(names))}があります。印字では消えるので、タグを続けて打ち直してください"


def _codes(element: Any) -> Iterator[str]:
    """The codes of the fields of a paragraph."""
    yield "".join(e.text or "" for e in element.iter(f"{WORD}instrText"))
    yield from (e.get(f"{WORD}instr", "") for e in element.iter(f"{WORD}fldSimple"))


def _long(tag: Tag) -> str:
    return f"タグが長すぎます（上限{LONGEST}字）。短く分けてください" if len(tag.text) > LONGEST else ""


def _tracked(tag: Tag) -> str:
    """A tag in a tracked change would be printed, changed or deleted, whichever Word shows."""
    around = {local(e) for t in tag.texts for e in t.iterancestors()}
    if around & set(TRACKED):
        return "変更履歴の中にタグがあります。変更を承諾してから保存してください"
    return ""


def _split(tag: Tag, page: Page) -> str:
    """docxtpl mends a tag over several runs of one holder, and cuts the document off at any other."""
    holders = {t.getparent().getparent() for t in tag.texts}
    if len(holders) > 1:
        what = next((HOLDERS[local(h)] for h in holders if local(h) in HOLDERS), "ほかの要素")
        return f"タグが{what}の境目をまたいでいます。タグを一度消し、続けて打ち直してください"
    places = [page.order[t] for t in tag.texts]
    if places[-1] - places[0] + 1 != len(places):
        return "タグの途中に図やテキスト ボックスがあります。タグを一度消し、続けて打ち直してください"
    return ""


def spelling(tag: Tag) -> str:
    """What is wrong with how a tag is written, "" where nothing is."""
    if not tag.prints and not tag.controls:
        return ""  # a comment
    return _letters(tag) or (_printing(tag) if tag.prints else _control(tag))


def _letters(tag: Tag) -> str:
    """Letters that would break a tag."""
    inner = QUOTED.sub("", tag.text[2:-2])
    tests = {
        f"{{%{tag.prefix} のタグの中に % や }} は書けません。比べる文字から除くか、段落の中の {{% if %}} にしてください": tag.prefix
        and re.search("[%}]", tag.text[2:-2]),
        "タグの中に目に見えない文字（ゼロ幅の空白など）があります。タグを一度消し、打ち直してください": UNSEEN.search(
            inner
        ),
        "タグの中に全角の空白か記号があります。半角にしてください": SIGNS.search(inner),
        "{%- や -%} は前後の段落を壊すので、ハイフンを取ってください": inner[:1] in "-+" or inner[-1:] in "-+",
        "タグの中に波かっこがあります。名前だけを書いてください": "{" in inner or "}" in inner,
    }
    return next((why for why, found in tests.items() if found), "")


def _printing(tag: Tag) -> str:
    if tag.prefix:
        return f"{{{{{tag.prefix} は図や飾りのためのもので、値は文字なので、{{{{ に続けて空白を入れてください"
    return "" if tag.body else "タグの中が空です。印字する名前を書いてください"


def _control(tag: Tag) -> str:
    if found := GLUED.match(tag.body):
        return f"{{%{found[1]} と {found[2]} の間に半角の空白が要ります"
    if not tag.prefix and tag.word in ("tr", "tc", "p", "r"):
        return f"{{% と {tag.word} の間の空白を取り、{{%{tag.word} と書いてください"
    if tag.word in ("cellbg", "colspan"):
        return f"{tag.word} は使えません。色や結合はテンプレートの表に付けてください"
    if tag.word not in WORDS:
        near = tag.word.lower()
        return f"「{tag.word or '空'}」は使えません。{f'「{near}」ではありませんか' if near in WORDS else INSTEAD}"
    return ""


def _alone(tag: Tag) -> str:
    """What a tag with a prefix takes away besides itself."""
    if tag.prefix == "p":
        if next(tag.paragraph.element.iter(f"{WORD}sectPr"), None) is not None:
            return "{%p の段落にセクションの区切りがあり、区切りごと消えます。区切りを別の段落に移してください"
        return _only(tag, tag.paragraph.text, "段落")
    if tag.prefix == "r":
        runs = dict.fromkeys(t.getparent() for t in tag.texts)
        return _only(tag, "".join(t.text or "" for run in runs for t in run.iter(f"{WORD}t")), "文字列")
    return _in_table(tag, {"tr": "行", "tc": "セル"}[tag.prefix]) if tag.prefix else ""


def _in_table(tag: Tag, name: str) -> str:
    around = tag.paragraph.above(tag.prefix)
    if around is None:
        return f"{{%{tag.prefix} は表の{name}の中だけで使えます。表の外では {{%p を使ってください"
    if next(around.iter(f"{WORD}tbl"), None) is not None:
        return f"{{%{tag.prefix} の{name}の中に別の表があります。表を分けてください"
    return _only(tag, "".join(t.text or "" for t in around.iter(f"{WORD}t")), name)


def _only(tag: Tag, text: str, what: str) -> str:
    found = TAG.findall(text)
    same = [t for t in found if t[2:].startswith(f"{tag.prefix} ")]
    if len(same) > 1:
        return f"一つの{what}に {{%{tag.prefix} が二つあります。{what}を分けてください"
    if len(found) > 1 or TAG.sub("", text).strip():
        return f"{{%{tag.prefix} のある{what}は{what}ごと消えます。ほかの文字を別の{what}に移してください"
    return ""


def _joins(paragraph: Paragraph, page: Page) -> bool:
    """Whether docxtpl would take a brace at the end and one at the next beginning for one tag."""
    if not paragraph.text.endswith(("{", "%", "}", "#")):
        return False
    after = page.order[paragraph.texts[-1]] + 1
    following = page.texts[after].text if after < len(page.texts) else ""
    return bool(PIECE.fullmatch(paragraph.text[-1] + (following or "")[:1]))


def elsewhere(document: Document, pages: Sequence[Page]) -> Iterator[tuple[str, str, str]]:
    """(part, text, sentence) for tags where docxtpl prints none, or where a value would break the file."""
    rendered = {page.part: page for page in pages}
    for part in document.parts:
        if part == TYPES or not part.endswith(".xml"):
            continue
        page = rendered.get(part)
        for text, why in _outside(page.root if page else document.xml(part), page is not None):
            yield page.label if page else part.rpartition("/")[2], text, why


def _outside(root: Any, rendered: bool) -> Iterator[tuple[str, str]]:
    for element in root.iter("{*}*"):
        for value in (*element.attrib.values(), element.tail or ""):
            if PIECE.search(value):
                yield value, "属性（代替テキストなど）の中のタグは使えません。本文に書いてください"
        if not PIECE.search(element.text or "") or (rendered and local(element) in ("t", "delText")):
            continue
        if local(element) == "instrText":
            yield element.text or "", "フィールドの中のタグは使えません。本文に書いてください"
        else:
            yield element.text or "", "ここのタグは差し込まれません。本文・ヘッダー・フッター・脚注に書いてください"
