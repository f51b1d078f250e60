"""The command line: thin callers of the shield, one module per group of commands.

stdout is data and nothing else; everything a person is told goes to stderr.
"""
