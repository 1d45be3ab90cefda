"""Proposals, pure: rows of the network in, moves and their proof out; never a sentence."""
