"""Models that run on this machine, in a process of their own.

A model file is looked at before the engine sees it, and the engine (llama.cpp) is never loaded
into this process: a crash, a stop or a hostile file ends a child, and nothing else.
"""
