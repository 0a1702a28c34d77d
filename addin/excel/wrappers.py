"""The VBA functions behind the cells, one for each function of the catalogue.

A wrapper hands its arguments to the bridge as the cell gave them; an omitted one has a literal default, so that VBA
never passes "missing" on. Names are checked here, since Excel only says that the whole file is damaged or `#NAME?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from addin.functions.catalog import Argument, Function

MODULE = "HojokinFunctions"
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
CELL = re.compile(r"[A-Za-z]{1,3}[0-9]{1,7}|[Rr][0-9]*[Cc][0-9]*|[RrCc][0-9]*")
MOST_ARGUMENTS = 20  # of which the function wizard shows help
LONGEST = 254  # letters of a function's name and its arguments' names, more of which break the wizard
CLOCK = "today"  # an argument without which the answer changes with the day

_WORDS = """
    addressof alias and any as attribute base boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec
    cint circle clng clnglng clngptr close compare const csng cstr currency cvar cverr date debug decimal declare
    defbool defbyte defcur defdate defdbl defint deflng deflnglng deflngptr defobj defsng defstr defvar dim do doevents
    double each else elseif empty end endif enum eqv erase error event exit explicit false fix for friend function get
    global go gosub goto if imp implements in input inputb instr int integer is lbound len lenb let lib like line lock
    long longlong longptr loop lset me mid midb mod module name new next not nothing null object on open option optional
    or output paramarray preserve print private property pset ptrsafe public put raiseevent random read redim rem resume
    return rset scale seek select set sgn shared single spc static step stop string sub tab text then to true type
    typeof ubound unlock until variant version wend while width with withevents write xor"""
KEYWORDS = frozenset(_WORDS.split())


def code(functions: Iterable[Function]) -> str:
    """The module's VBA."""
    head = "Option Explicit\n\n' Made from the list of functions (addin/functions/__init__.py).\n"
    return head + "".join(f"\n{wrapper(f)}" for f in functions)


def wrapper(f: Function) -> str:
    """One function's VBA.

    >>> def add(a, b): ...
    >>> arguments = (Argument("a", "", False, False, False), Argument("b", "", True, False, False))
    >>> print(wrapper(Function("SUBSIDY_ADD", "", arguments, add)), end="")
    Public Function SUBSIDY_ADD(ByVal a As Variant, Optional ByVal b As Variant = Empty) As Variant
        SUBSIDY_ADD = hjCall("SUBSIDY_ADD", 1, Array(hjValue(a), hjValue(b)))
    End Function
    """
    check(f)
    named = [a for a in f.arguments if not a.repeated]
    values = f"Array({', '.join(_value(a) for a in named)})"
    required = sum(not a.optional for a in named)
    lines = [f"Public Function {f.name}({', '.join(map(_parameter, f.arguments))}) As Variant"]
    if any(a.name == CLOCK for a in named):
        lines.append(f"    If IsEmpty(hjValue({CLOCK})) Then Application.Volatile")
    for a in f.arguments[len(named) :]:
        lines += ["    Dim rest As Variant", f"    rest = {a.name}"]
        values = f"hjJoined({values}, rest)"
    return "\n".join([*lines, f'    {f.name} = hjCall("{f.name}", {required}, {values})', "End Function\n"])


def check(f: Function) -> None:
    """Stops the build on a name or a number of arguments that VBA or Excel refuses."""
    names = [f.name, *(a.name for a in f.arguments)]
    for name in names:
        if not IDENTIFIER.fullmatch(name) or name.lower() in KEYWORDS or CELL.fullmatch(name):
            raise ValueError(f"{f.name}: VBA or Excel refuses the name {name!r}")
    if len({n.lower() for n in names}) < len(names):
        raise ValueError(f"{f.name}: names differ in capitals alone, or not at all")
    if len(f.arguments) > MOST_ARGUMENTS or len("".join(names)) + len(f.arguments) > LONGEST:
        raise ValueError(f"{f.name}: too many arguments, or names too long, for the function wizard")
    order = [(a.repeated, a.optional) for a in f.arguments]
    if order != sorted(order) or sum(a.repeated for a in f.arguments) > 1:
        raise ValueError(f"{f.name}: required arguments come first, repeated ones last")
    if "rest" in names or (any(a.repeated for a in f.arguments) and any(a.optional for a in f.arguments[:-1])):
        raise ValueError(f"{f.name}: VBA allows no optional arguments beside repeated ones, and none called rest")


def _parameter(a: Argument) -> str:
    if a.repeated:
        return f"ParamArray {a.name}() As Variant"
    return f"Optional ByVal {a.name} As Variant = Empty" if a.optional else f"ByVal {a.name} As Variant"


def _value(a: Argument) -> str:
    return f"{'hjTable' if a.table else 'hjValue'}({a.name})"
