"""Stand-ins: realistic values that leave instead of the real ones and lead back to them.

`desk` chooses and keeps them, `matching` finds them again in a reply. Faker's lists of names are
loaded when the first new name is needed, never for restoring what has no doubt.
"""
