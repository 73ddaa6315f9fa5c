"""A local tenant over real HTTP, so that configurations can be tried and tested with no tenant at hand.

A program of its own: it shares no code with the rest of the package. Rooms: `routes` parse and format,
the nouns (`workflows`, `runs`, `schedules`, `vault`, `connections`, `roles`, `search`) hold the rules, `database` the
state, `gate` stands before all of them (keys, request log, delays, faults).
"""
