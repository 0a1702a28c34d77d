"""What a good consultant would say about a quote (助言): what earns nothing, what may be combined, which edges are near, what
is promised and by when.

No rule is stated here: every number comes from calling the rules again with one input changed.
"""
