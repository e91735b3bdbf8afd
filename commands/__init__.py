"""gouji's commands, one file a family: parse, call, print, choose an exit code.

Heavy imports wait inside the functions until they are needed.
"""
