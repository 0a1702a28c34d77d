"""The commands, a module each: its name is the command's, HELP says what it does, `register(parser)` what it takes, and
`run(call)` does it.

A call imports the module of its command, a call for help all of them: Word's and Excel's libraries are imported in `run`.
"""
